"""Rooms as staff keep them, on their page and by a list."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.lists.actions.tables import keep_row
from diedie_edu.venues.models import OpeningHours, Venue


def keep(*, row: Venue, by: User, now: datetime) -> None:
    """Enter a room or change it. Raises `Refused` as `keep_row` and `try_part_of` do."""
    with _as_refusal():
        keep_row(row=row, by=by, now=now)


@transaction.atomic
def open_rooms(*, weekdays: list[int], opens: time, closes: time, by: User, now: datetime) -> int:
    """Give these hours to all rooms that have none; a part has those of its whole. Returns how
    many rooms."""
    rooms = list(
        Venue.objects.filter(opening_hours=None, part_of=None).select_for_update(of=["self"])
    )
    for room in rooms:
        for weekday in weekdays:
            keep_row(
                row=OpeningHours(venue=room, weekday=weekday, opens=opens, closes=closes),
                by=by,
                now=now,
            )
    return len(rooms)


def try_part_of(*, venue: Venue) -> None:
    """Whether the database would take it as the part that it is in memory; nothing is written.

    Raises `Refused` beside `part_of` where one of the two is a part or has parts itself, or both
    are held at one time.
    """
    with _as_refusal():
        if venue.part_of and venue.part_of.part_of_id:
            raise IntegrityError
        Venue.objects.filter(pk=venue.pk).update(part_of=venue.part_of)
        transaction.set_rollback(True)


@contextmanager
def _as_refusal() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        text = _(
            "It cannot be a part of that: a part has no parts of its own, and the whole and its "
            "part cannot be held at the same time."
        )
        raise Refused("part_of", text, "part_of") from error
