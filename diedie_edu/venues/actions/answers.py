"""What becomes of a room request: it waits, somebody says yes or no, or it ends by itself."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.decisions.actions import requests as decisions
from diedie_edu.decisions.kinds import DecisionKind
from diedie_edu.decisions.models import Request
from diedie_edu.venues.actions import freeing
from diedie_edu.venues.models import Booking, RoomRequest
from diedie_edu.venues.queries import requests as queries
from diedie_edu.venues.rules.requests import check_holds_a_room

State = RoomRequest.State


def close(row: RoomRequest, state: str) -> None:
    row.state = state
    row.save(update_fields=["state"])


def lock(number: int) -> RoomRequest:
    """What stands in its bookings, their rooms, then itself."""
    freeing.lock(list(Booking.objects.filter(request=number).values_list("pk", flat=True)))
    return (
        RoomRequest.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=number)
    )


def approve(request: Request, by: User, now: datetime) -> None:
    """Raises `Refused` (`nothing_held`) where all its dates were called off meanwhile."""
    row = RoomRequest.objects.get(pk=request.subject)
    check_holds_a_room(queries.live_bookings(row))
    close(row, State.APPROVED)


def refuse(request: Request, by: User, now: datetime) -> None:
    end(RoomRequest.objects.get(pk=request.subject), State.REFUSED, by, now)


def withdrawn(request: Request, by: User, now: datetime) -> None:
    end(RoomRequest.objects.get(pk=request.subject), State.WITHDRAWN, by, now)


def end(row: RoomRequest, state: str, by: User, now: datetime) -> None:
    """It holds no room any more; who would have come to its dates is told. The caller has locked
    all of it."""
    close(row, state)
    live = [booking.pk for booking in queries.live_bookings(row) if booking.ends_at > now]
    with translation.override(settings.LANGUAGE_CODE):
        reason = gettext("The room cannot be had at that time.")
    freeing.free(bookings=live, reason=reason, by=by, now=now)


def end_without_dates(number: int, now: datetime) -> None:
    """What waits ends with its last date; whoever called that off has told of it. The caller has
    locked its rooms."""
    row = RoomRequest.objects.select_for_update(of=("self",)).get(pk=number)
    if row.is_waiting and not queries.live_bookings(row):
        decisions.end(kind=ROOM_REQUEST, subject=number, now=now)
        close(row, State.ENDED)


def _forget_words(number: int) -> None:
    RoomRequest.objects.filter(pk=number).update(note="")


def _change_url(number: int) -> str:
    return reverse("venues:request_change", args=[number])


ROOM_REQUEST = DecisionKind(
    slug=queries.SLUG,
    title=_("Room request"),
    line=_("{purpose}, {day}"),
    permission=Permission.PLAN_ACTIVITIES,
    days=3,
    lock=lock,
    contents=queries.contents,
    lines=queries.lines,
    approve=approve,
    refuse=refuse,
    withdrawn=withdrawn,
    own=queries.own,
    change=_change_url,
    forget=_forget_words,
)
