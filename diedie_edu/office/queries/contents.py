"""What versions say, as plain data for the review and in words for a reader."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from diedie_edu.decisions.kinds import Content as Plain
from diedie_edu.decisions.kinds import Line
from diedie_edu.office.models import (
    Attachment,
    BudgetLine,
    Content,
    Milestone,
    Paragraph,
    SummaryFigure,
    SummaryPicture,
    Version,
)

# Every table of lines; a new one is copied, compared, shown and frozen by standing here.
CONTENT: tuple[type[Content], ...] = (
    Paragraph,
    Milestone,
    BudgetLine,
    SummaryFigure,
    SummaryPicture,
    Attachment,
)
BY_NAME = {str(model._meta.model_name): model for model in CONTENT}


def rows_of(versions: Collection[int]) -> dict[int, dict[str, list[Content]]]:
    """All lines of some versions (numbers), by version and by the name of their table; one query
    a table."""
    found: dict[int, dict[str, list[Content]]] = {pk: {} for pk in versions}
    for name, model in BY_NAME.items():
        for row in model._default_manager.filter(version__in=versions):
            found[row.version_id].setdefault(name, []).append(row)
    return found


def contents(versions: Collection[int]) -> dict[int, Plain]:
    """All that a review is bound to."""
    heads = Version.objects.filter(pk__in=versions).select_related("document")
    rows = rows_of(versions)
    return {version.pk: _plain(version, rows[version.pk]) for version in heads}


def _plain(version: Version, rows: dict[str, list[Content]]) -> Plain:
    return {
        "number": version.number,
        "reason": version.reason,
        "in_force_from": str(version.in_force_from or ""),
        "total": f"{version.total:.2f}",
        "rows": {name: [row.said() for row in lines] for name, lines in rows.items()},
    }


def lines(content: Plain) -> Iterator[Line]:
    """In words; a label that comes twice is numbered, since lines are compared by theirs."""
    seen: Counter[str] = Counter()
    for label, text in _words(content):
        seen[label] += 1
        yield Line(label if seen[label] == 1 else f"{label} ({seen[label]})", text)


def _words(content: Plain) -> Iterator[tuple[str, str]]:
    heads = {
        _("Why a new version"): content["reason"],
        _("In force from"): content["in_force_from"],
    }
    yield from ((label, text) for label, text in heads.items() if text)
    rows: dict[str, list[dict[str, Any]]] = content["rows"]
    for name, model in BY_NAME.items():
        yield from (model.words(said) for said in rows.get(name, []))
    if rows.get("budgetline"):
        yield _("Total"), content["total"]
