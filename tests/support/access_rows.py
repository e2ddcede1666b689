"""The rows of `access_table`, one for each address and object."""

import re
from collections.abc import Iterator

from tests.support import (
    access_closing,
    access_decisions_table,
    access_education_table,
    access_festivals,
    access_figures,
    access_lists_table,
    access_messages_table,
    access_news,
    access_office_table,
    access_offline_table,
    access_phones,
    access_plans,
    access_rooms_table,
    access_school_table,
    access_square_table,
    access_summaries,
    access_working,
)
from tests.support.access_models_table import MODELS
from tests.support.access_table import DESK, OF_RESIDENTS, PAGES

Answers = dict[str, tuple[str, str]]  # who knocks: what they get by GET and by POST
Row = tuple[str, str, Answers]  # name of the address, which object, answers
SIGN_IN, FORBIDDEN = "sign in", "403"


def rows() -> list[Row]:
    """The table; lines of one address add up, and those of pages say more than models do."""
    found: dict[tuple[str, str], Answers] = {}
    for name, which, answers in [*admin_rows(), *page_rows()]:
        found.setdefault((name, which), {}).update(answers)
    return [(*key, answers) for key, answers in found.items()]


def page_rows() -> Iterator[Row]:
    shape = re.compile(r"(\S+)(?: (\S+))? +([a-z ]+?) +(\d{3}) (\d{3})")
    tables = (
        access_school_table,
        access_closing,
        access_lists_table,
        access_decisions_table,
        access_messages_table,
        access_news,
        access_rooms_table,
        access_square_table,
        access_festivals,
        access_education_table,
        access_office_table,
        access_offline_table,
        access_figures,
        access_phones,
        access_plans,
        access_summaries,
        access_working,
    )
    pages = PAGES + "".join(table.PAGES for table in tables)
    for line in filter(None, pages.splitlines()):
        name, which, who, get, post = shape.fullmatch(line).groups()
        reader = "c" if "r" in who and name not in OF_RESIDENTS else ""
        # In the order of the line, so that a walk opens the same reader's pages at every run.
        letters = (who + reader).replace(" ", "")
        yield name, which or "", dict.fromkeys(letters, (get, post))


def admin_rows() -> Iterator[Row]:
    for line in filter(None, MODELS.splitlines()):
        yield from model_rows(*line.split())


def model_rows(model: str, change: str, look: str, *more: str) -> Iterator[Row]:
    """The pages that the admin site has for every model."""
    writes, reads = change.replace(".", ""), look.replace(".", "")
    opened = dict.fromkeys(writes + reads, ("200", "200"))
    written = dict.fromkeys(writes, ("200", "200"))
    closed = [letter for letter in DESK if letter not in writes + reads]
    elsewhere = closed if "by-programme" in more else ""
    others = dict.fromkeys(elsewhere, ("200", "200"))
    are_narrowed = {"by-programme", "narrowed"} & {*more}
    missing = dict.fromkeys(closed if are_narrowed else "", ("404", "404"))
    pages = {
        "changelist": others | opened,
        "history": missing | opened,
        "old": dict.fromkeys(DESK, ("302", "302")),
        "change": dict.fromkeys(reads, ("200", "403")) | written | missing,
        "add": {} if "no-add" in more else written,
        "delete": missing | ({} if "no-delete" in more else written),
        "export": others | opened,
    }
    for way, _is, who in (word.partition("=") for word in more if "=" in word):
        leads_on = way == "import"  # to the portal's own upload
        pages[way] = dict.fromkeys(who, ("302", "302") if leads_on else ("200", "200"))
    for page, answers in pages.items():
        yield f"admin:{model}_{page}", "", answers
