"""Closing a room for a time: what stands in it, what becomes of each, one button."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions.changed_days import ChangedDay
from diedie_edu.activities.actions.closed_rooms import close_room, preview_room
from diedie_edu.activities.forms.changes import RoomClosingForm, RoomToCloseForm
from diedie_edu.activities.queries.closed_rooms import keys_of, standing_in
from diedie_edu.common import refusals
from diedie_edu.common.days import day_text, local_day, local_now, moment, span_text
from diedie_edu.venues.models import ClosedTime


@requires(Permission.KEEP_CALENDAR)
def room_closing(request: SignedInRequest) -> HttpResponse:
    """`?venue=&first=…` say which room and when; then each row with what could become of it."""
    now = local_now()
    which = _which(request, now)
    if not (which.is_bound and which.is_valid()):
        return render(request, "activities/room_to_close.html", {"form": which})
    closed = which.closed()
    form = RoomClosingForm(request.POST or None, closed=closed, planned=standing_in(closed, now))
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        acts: dict[str, Any] = {"plan": form.plan(), "by": request.user, "now": now}
        with refusals.in_form(form):
            if "preview" not in request.POST:
                messages.success(request, _done_text(close_room(**acts)))
                return redirect("portal:room_week", closed.venue.pk)
            context = _context(form) | {"done": preview_room(**acts)}
            return render(request, "activities/change_day_preview.html", context)
    return render(request, "activities/change_day.html", _context(form))


def _which(request: HttpRequest, now: Any) -> RoomToCloseForm:
    """`?venue=` alone proposes the room."""
    sent = request.GET if "first" in request.GET else None
    return RoomToCloseForm(sent, initial={"venue": request.GET.get("venue")}, now=now)


def _context(form: RoomClosingForm) -> dict[str, object]:
    return {
        "form": form,
        "heading": form.closed.venue,
        "lead": _("Closed: %(times)s.") % {"times": _times_text(form.closed)},
        "lines": list(form.lines()),
        "keys": sorted(keys_of(form.planned, form.closed)),
        "back": {"text": _("Another room or time"), "url": reverse("activities:close_room")},
        "names_days": True,
        "nothing": _("Nothing stands in the room then, so nobody hears of it."),
    }


def _times_text(closed: ClosedTime) -> str:
    """Whole days are named without their midnights."""
    start, end = closed.starts_at, closed.ends_at
    first, last = local_day(start), local_day(end - timedelta.resolution)
    if (start, end) != (moment(first), moment(last + timedelta(days=1))):
        return span_text(start, end)
    days = dict.fromkeys([day_text(first), day_text(last)])
    return _("%(days)s, all day") % {"days": " – ".join(days)}


def _done_text(done: ChangedDay) -> str:
    text = _(
        "The room is closed then. Called off: %(called_off)s, moved: %(moved)s. A message or a "
        "call goes to: %(told)s."
    )
    return text % vars(done)
