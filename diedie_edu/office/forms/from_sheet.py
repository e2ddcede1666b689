"""What was read from an office's sheet as the sheet of a draft's lines: shown, not saved yet."""

from collections.abc import Iterable
from typing import Any

from django.utils.datastructures import MultiValueDict

from diedie_edu.accounts.models import User
from diedie_edu.common.spreadsheets.columns import comparable
from diedie_edu.office.forms.budgets import line_forms, shortest
from diedie_edu.office.models import BudgetLine, Version

TOLD = ("category", "title", "quantity", "unit", "price", "funds")


def with_lines(version: Version, lines: Iterable[BudgetLine], by: User) -> Any:
    """The forms of a draft's lines as if these had been typed: a line of the same name in the same
    category is the same one, any other is new."""
    stored = line_forms(version=version, by=by)
    rows = [_shown(form) for form in stored.initial_forms]
    place = {_name(form.instance): number for number, form in enumerate(stored.initial_forms)}
    for line in lines:
        number = place.pop(_name(line), None)
        if number is None:
            rows.append(_typed(line))
        else:
            rows[number] |= _typed(line)
    return line_forms(_sent(stored.prefix, rows, len(stored.initial_forms)), version=version, by=by)


def _name(line: BudgetLine) -> tuple[str, str]:
    return line.category, comparable(line.title)


def _shown(form: Any) -> dict[str, Any]:
    """A stored row as the browser would send it back."""
    return {name: form[name].value() for name in form.fields if name != "DELETE"}


def _typed(line: BudgetLine) -> dict[str, Any]:
    told = {name: getattr(line, name) for name in TOLD}
    return told | {"quantity": shortest(line.quantity)}


def _sent(prefix: str, rows: list[dict[str, Any]], stored: int) -> MultiValueDict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": [str(len(rows))], f"{prefix}-INITIAL_FORMS": [str(stored)]}
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"{prefix}-{number}-{name}"] = ["" if value is None else str(value)]
    return MultiValueDict(data)
