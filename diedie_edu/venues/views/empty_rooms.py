"""Whether somebody is in a room: one tap for the leader, and a page for whoever looks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import (
    SignedInRequest,
    get_own_or_404,
    public,
    requires,
    scopes,
)
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.common.links import numbers_in
from diedie_edu.venues import holders
from diedie_edu.venues.actions import empty_rooms as actions
from diedie_edu.venues.models import RoomCheck
from diedie_edu.venues.queries import empty_rooms as queries
from diedie_edu.venues.rules import empty_rooms as rules

PURPOSE = "room_check"  # of the signed link


@public
def there(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of a message: a GET asks, the button says yes."""
    check, now = _named(token), local_now()
    if request.method == "POST":
        with refusals.as_message(request):
            actions.say_there(check=check, now=now)
        return redirect("venues:there", token)
    refusal = refusal_of(rules.check_can_say_there, check, check.booking, now)
    context = {"check": check, "booking": check.booking, "refusal": refusal}
    return render(request, "venues/there.html", context)


def _named(token: str) -> RoomCheck:
    numbers = numbers_in(token, PURPOSE)
    if numbers is None or len(numbers) != 1:
        raise Http404
    return get_object_or_404(RoomCheck.objects.select_related("booking__venue"), pk=numbers[0])


@requires(Permission.PLAN_ACTIVITIES)
@require_safe
def empty_rooms(request: SignedInRequest) -> HttpResponse:
    rows = queries.unanswered(local_now(), scopes(request))
    return render(request, "venues/empty_rooms.html", {"rows": rows})


@requires(Permission.PLAN_ACTIVITIES)
def empty_room(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whoever stands before it says that it is empty."""
    rows = RoomCheck.objects.select_related("booking__venue")
    check = get_own_or_404(request, rows, pk=pk)
    if request.method == "POST":
        with refusals.as_message(request):
            actions.free_empty(check=check, by=request.user, now=local_now())
            messages.success(request, _("The room is free for others. The leader hears of it."))
        return redirect("venues:empty_rooms")
    is_counted = bool(holders.counted_in([check.booking_id]))
    facts = (check, check.booking, is_counted, local_now())
    refusal = refusal_of(rules.check_can_be_freed, *facts)
    context = {"check": check, "booking": check.booking, "refusal": refusal}
    return render(request, "venues/empty_room.html", context)
