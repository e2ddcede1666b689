"""Rooms that want somebody's yes: the dates of a group hold them meanwhile.

All dates of a weekly time stand in one request, which goes on by itself; single dates ask by
themselves. Lock order: as `venues.actions.requests`, behind the rooms.
"""

from collections.abc import Sequence
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.venues.actions import requests
from diedie_edu.venues.actions.requests import Wish
from happy_square.models import Group, Leadership, MeetUp, WeeklyTime
from happy_square.queries.rooms import key_of


def ask_once(group: Group, rows: Sequence[MeetUp], by: User, now: datetime) -> None:
    """For single dates, all in one request."""
    if booked := _that_ask(rows):
        requests.ask(bookings=booked, wish=_wish(group), by=by, now=now)


def ask_for_weeks(usual: WeeklyTime, rows: Sequence[MeetUp], now: datetime) -> None:
    """For dates of a weekly time: asked once, by whoever set it, and further weeks are added."""
    booked, by = _that_ask(rows), usual.set_by or _leading(usual.group_id)
    if not booked or by is None:
        return
    if usual.request is not None:
        requests.add(request=usual.request, bookings=booked, now=now)
        return
    wish = _wish(usual.group, goes_on=True)
    usual.request = requests.ask(bookings=booked, wish=wish, by=by, now=now)
    usual.save(update_fields=["request"])


def _that_ask(rows: Sequence[MeetUp]) -> list[int]:
    return [row.occasion.booking_id for row in rows if row.occasion.venue.needs_approval]


def _wish(group: Group, goes_on: bool = False) -> Wish:
    title = group.title
    return Wish(title, title, programme=group.programme, goes_on=goes_on, asker=key_of(group.pk))


def _leading(group: int) -> User | None:
    rows = Leadership.objects.filter(group=group, ended_at=None, resident__account__isnull=False)
    first = rows.select_related("resident__account").order_by("since").first()
    return first.resident.account if first else None
