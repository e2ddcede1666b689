"""What was said beside the lines of a version that was returned."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from diedie_edu.office.models import Remark, State, Version


def reviewed(version: Version) -> Version | None:
    """The version whose remarks its readers should see: itself, or the returned one that a draft
    answers."""
    before = version.based_on
    answers = version.is_open and before is not None and before.state == State.RETURNED
    return before if answers else version


def remarks_by_line(version: Version) -> dict[UUID | None, list[Remark]]:
    """By the key of the line, those about the whole by None."""
    found: dict[UUID | None, list[Remark]] = defaultdict(list)
    for remark in Remark.objects.filter(version=reviewed(version)).select_related("by"):
        found[remark.key].append(remark)
    return found


def with_remarks(version: Version, rows: Iterable[Any]) -> list[Any]:
    """The rows of a version, each with its `remarks`; in one that was returned, or answers one,
    the lines that nobody asks to change `is_seen`."""
    source = reviewed(version)
    was_returned = source is not None and source.state == State.RETURNED
    found, lines = remarks_by_line(version), list(rows)
    for row in lines:
        row.remarks = found.get(row.key, [])
        asked = any(remark.what == Remark.What.ASKS for remark in row.remarks)
        row.is_seen = was_returned and not asked
    return lines
