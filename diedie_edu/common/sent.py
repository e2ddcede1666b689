"""What an address, a box or a button names, read so that odd text means nothing."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from diedie_edu.common.days import is_of_our_times

Row = TypeVar("Row", bound=Model)
NUMBER = re.compile("[0-9]{1,18}")  # what a key of the database holds


def sent_number(text: str) -> int:
    """The number of a row; 0, which no row has, where none was sent."""
    return int(text) if NUMBER.fullmatch(text) else 0


def sent_numbers(texts: Iterable[str]) -> list[int]:
    return [number for text in texts if (number := sent_number(text))]


def sent_day(text: str) -> date | None:
    """A day of our times, as an address has it; None where none was sent."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_of_our_times(day) else None


def row_or_404(request: HttpRequest, name: str, rows: type[Row] | QuerySet[Row]) -> Row:
    """The row whose number was sent under this name; anything else answers 404."""
    return get_object_or_404(rows, pk=sent_number(request.POST.get(name, "")))
