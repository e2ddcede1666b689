"""What staff are shown of a checked list: its faults, or its first rows with names covered."""

import unicodedata
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.faults import Fault
from diedie_edu.common.spreadsheets.reader import Table
from diedie_edu.lists.plans import ListPlan

SHOWN_FAULTS = 500
SHOWN_ROWS = 10
_ID_NUMBER = ("身份证", "身份號", "身份号", "证件号", "idnumber", "idcard")


def refuse_id_numbers(table: Table) -> None:
    """PIPL art. 6: no more data than the purpose needs, and no list here needs ID numbers."""
    for index in table.header.unknown():
        title = unicodedata.normalize("NFKC", table.header.titles[index]).lower().replace(" ", "")
        if any(word in title for word in _ID_NUMBER):
            table.add_fault(table.header_row, index, _ID_NUMBERS_NOT_NEEDED)


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


def preview_of(plan: ListPlan) -> dict[str, Any]:
    """The first rows, and what stays out."""
    titles = {column.code: column.title for column in plan.table.header.columns.values()}
    return {
        "rows": [_shown(plan, entry, titles) for entry in plan.entries[:SHOWN_ROWS]],
        "unread_columns": plan.table.unknown_columns,
        "unread_sheets": plan.table.unread,
    }


def _shown(plan: ListPlan, entry: Any, titles: dict[str, str]) -> dict[str, Any]:
    name, detail = plan.shown(entry)
    return {
        "row": entry.row.number,
        "name": name,
        "detail": detail,
        "state": entry.state,
        "changes": _(", ").join(titles[code] for code in entry.changes if code in titles),
    }


_ID_NUMBERS_NOT_NEEDED = gettext_lazy(
    "This list needs no ID numbers. Delete the whole column before you upload the list."
)
