"""What staff are shown of a checked list: its faults, or its first rows, what changes on top."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy

from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.errors import Refused
from diedie_edu.common.opened import DIGITS, plain
from diedie_edu.common.spreadsheets.asides import spoken
from diedie_edu.common.spreadsheets.columns import CellType, Column, listed
from diedie_edu.common.spreadsheets.faults import Fault
from diedie_edu.common.spreadsheets.reader import Table
from diedie_edu.common.spreadsheets.writer import cell_value
from diedie_edu.lists.models import Hidden
from diedie_edu.lists.plans import ListPlan, Question

SHOWN_FAULTS = 500
SHOWN_ROWS = 10
SHOWN_CHANGES = 50
SHOWN_QUESTIONS = 50


def faults_of_table(table: Table) -> dict[str, Any]:
    """Columns of the job. Only the place and the remedy are kept, in the job's language."""
    kept = sorted(table.faults, key=lambda fault: (fault.row, fault.column))
    return {
        "faults": [_as_json(fault) for fault in kept[:SHOWN_FAULTS]],
        "faults_total": table.faults.total,
    }


def fault_of_file(refusal: Refused) -> dict[str, Any]:
    """The same for a file that cannot be read as a list at all."""
    return {"faults": [{"place": "", "message": str(refusal.message)}], "faults_total": 1}


def _as_json(fault: Fault) -> dict[str, Any]:
    return {"place": fault.place, "message": str(fault.message)}


def preview_of(plans: Mapping[Hidden, ListPlan]) -> dict[str, Any]:
    """What changes first, then what is new, then what stays; and what stays out of the list. With
    hidden rows in the file there may be two plans, and what either would do was seen."""
    plan = next(iter(plans.values()))
    order = {"changed": 0, "new": 1, "same": 2}
    entries = sorted(plan.entries, key=lambda entry: order[entry.state])
    shown = max(SHOWN_ROWS, min(len(plan.changed), SHOWN_CHANGES))
    return {
        "rows": [_shown(plan, entry) for entry in entries[:shown]],
        "unread_columns": plan.table.unknown_columns,
        "unread_sheets": plan.table.unread,
        "hidden_columns": plan.table.hidden_columns,
        "hidden_rows": plan.table.hidden,
        "hidden": {way: each.counts() for way, each in plans.items() if plan.table.hidden},
        "as_empty": plan.table.columns_as_empty,
        "note": str(plan.table.note),
        "left_out": [
            {"says": says, "rows": rows[:SHOWN_CHANGES], "number": len(rows)}
            for says, rows in plan.table.left_out.items()
        ],
        "aside": _lines(plan, plan.table.aside)[:SHOWN_CHANGES],
        "doubts": _lines(plan, plan.table.doubts),
        "seen": sorted(set().union(*map(_writes, plans.values()))),
        **_asked({one.key: one for each in plans.values() for one in each.questions()}),
    }


def _lines(plan: ListPlan, lines: dict[int, list[Any]]) -> list[dict[str, Any]]:
    """Lines that are none of the list, or may be: a row's number, and what it says."""
    return [{"row": row, "says": spoken(lines[row], plan.sees_whole)} for row in sorted(lines)]


def _asked(questions: Mapping[str, Question]) -> dict[str, Any]:
    """The first are shown; of all is kept what was answered."""
    shown = islice(questions.values(), SHOWN_QUESTIONS)
    return {"questions": list(map(asdict, shown)), "asked": list(questions)}


def check_answered(plan: ListPlan, preview: dict[str, Any]) -> None:
    """What was confirmed is what comes in: the register has lived meanwhile. Raises `Refused`
    (`other_questions`)."""
    answered = set(preview.get("asked", ()))
    if any(question.key not in answered for question in plan.questions()):
        raise Refused("other_questions", _OTHER_QUESTIONS)


def check_seen(plan: ListPlan, preview: dict[str, Any]) -> None:
    """What somebody entered after the check is not written over unseen. Raises `Refused`
    (`changed`)."""
    if not _writes(plan) <= set(preview.get("seen", ())):
        raise Refused("changed", _CHANGED)


def _writes(plan: ListPlan) -> set[str]:
    """A hash for each row that is new or changes something, with what stood there."""
    found = (entry for entry in plan.entries if entry.state != "same")
    return {keyed_hash(_written(entry), "lists.seen")[:DIGITS] for entry in found}


def _written(entry: Any) -> str:
    was = [f"{code}={plain(entry.was.get(code))}" for code in sorted(entry.changes)]
    return " ".join([str(entry.row.number), entry.state, *was])


def _shown(plan: ListPlan, entry: Any) -> dict[str, Any]:
    name, detail = plan.shown(entry)
    return {
        "row": entry.row.number,
        "name": name,
        "detail": detail,
        "state": entry.state,
        "changes": list(_changes(plan, entry)),
    }


def _changes(plan: ListPlan, entry: Any) -> Iterator[dict[str, str]]:
    """The title of each column, and, for those who may see it, what stands there and what comes."""
    columns = {column.code: column for column in plan.table.header.columns.values()}
    for code in entry.changes:
        if (column := columns.get(code)) is None:
            continue
        tells = plan.sees_whole and code in entry.was
        old, new = (entry.was[code], entry.row.values.get(code, "")) if tells else ("", "")
        yield {"title": column.title, "old": _words(column, old), "new": _words(column, new)}


def _words(column: Column, value: Any) -> str:
    if isinstance(value, list) and column.type is not CellType.CHOICES:
        return listed(map(str, value))
    return str(cell_value(column, value))


_CHANGED = gettext_lazy(
    "Somebody entered something here after this list was checked. Nothing is loaded, so that it is "
    "not lost: upload the list again, and look what it would change."
)
_OTHER_QUESTIONS = gettext_lazy(
    "Others have been entered into one of these households meanwhile. Upload the list again, and "
    "look who would live together."
)
