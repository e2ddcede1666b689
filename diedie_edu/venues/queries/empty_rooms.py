"""Reads of rooms in which nobody has been counted."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import within
from diedie_edu.common.parts import Problem
from diedie_edu.venues import holders
from diedie_edu.venues.models import Booking, RoomCheck
from diedie_edu.venues.rules.empty_rooms import begun_before


def to_ask_about(now: datetime) -> list[Booking]:
    """What has begun some minutes ago and lasts, was not asked about yet, and where nobody has
    been counted; never what is fixed."""
    rows = Booking.objects.filter(
        starts_at__lte=begun_before(now),
        ends_at__gt=now,
        is_off=False,
        is_fixed=False,
        held_until=None,
        check_made=None,
    )
    found = list(rows.select_related("venue").order_by("pk"))
    counted = holders.counted_in([row.pk for row in found]) if found else set()
    return [row for row in found if row.pk not in counted]


def unanswered(now: datetime, scopes: Collection[str]) -> list[RoomCheck]:
    """Rooms that may stand empty now, where a right counts (`scopes`)."""
    rows = within(silent(now), scopes)
    found = list(rows.select_related("booking__venue").order_by("booking__starts_at", "pk"))
    counted = holders.counted_in([row.booking_id for row in found]) if found else set()
    return [row for row in found if row.booking_id not in counted]


def silent(now: datetime) -> QuerySet[RoomCheck]:
    """Nobody has said anything of them yet."""
    return RoomCheck.objects.filter(
        there_at=None, empty_at=None, booking__is_off=False, booking__ends_at__gt=now
    )


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """One line for all rooms that may stand empty now."""
    rows = unanswered(now, user.scopes(Permission.PLAN_ACTIVITIES))
    if rows:
        text = ngettext(
            "Nobody seems to be in %(venue)s.",
            "Nobody seems to be in %(number)d rooms, such as %(venue)s.",
            len(rows),
        ) % {"number": len(rows), "venue": rows[0].booking.venue}
        yield Problem(40, text, reverse("venues:empty_rooms"), _("Look and free it"))
