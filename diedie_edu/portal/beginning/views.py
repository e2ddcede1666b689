"""The pages of the first day, for whoever keeps the community's facts: the first administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, confirmed, requires
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.manifests import parts_by
from diedie_edu.common.parts import FirstStep
from diedie_edu.community import actions as facts
from diedie_edu.portal.beginning.forms import RoomForm, RoomHoursForm
from diedie_edu.portal.beginning.queries import stages
from diedie_edu.portal.demo import removing
from diedie_edu.venues.actions import venues
from diedie_edu.venues.models import Venue

begins = requires(Permission.KEEP_COMMUNITY)


@begins
@require_safe
def begin(request: SignedInRequest) -> HttpResponse:
    """What is there, what is next, and what can wait."""
    found = stages(request.user, local_now())
    is_over = not any(stage.is_open for stage in found)
    context = {"stages": found, "is_over": is_over}
    return render(request, "portal/beginning/begin.html", context)


@begins
@require_POST
def leave_out(request: SignedInRequest) -> HttpResponse:
    """A step that this community does without; or takes up again."""
    step = parts_by(FirstStep, "code").get(request.POST.get("step", ""))
    if step is not None:
        is_out = "again" not in request.POST
        facts.leave_out(code=step.code, is_left_out=is_out, by=request.user, now=local_now())
    return redirect("portal:begin")


@begins
def rooms(request: SignedInRequest) -> HttpResponse:
    """The rooms there are, and one more."""
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            venues.keep(row=form.instance, by=request.user, now=local_now())
            messages.success(request, _("“%(room)s” is entered.") % {"room": form.instance})
            return redirect("portal:begin_rooms")
    return _rooms(request, form, RoomHoursForm())


@begins
@require_POST
def room_hours(request: SignedInRequest) -> HttpResponse:
    form = RoomHoursForm(request.POST)
    if form.is_valid():
        rooms = venues.open_rooms(**form.cleaned_data, by=request.user, now=local_now())
        messages.success(request, _("Rooms with these hours: %(number)s.") % {"number": rooms})
        return redirect("portal:begin")
    return _rooms(request, RoomForm(), form)


def _rooms(request: SignedInRequest, form: RoomForm, hours: RoomHoursForm) -> HttpResponse:
    found = list(Venue.objects.prefetch_related("opening_hours")[:100])
    context = {
        "form": form,
        "hours": hours,
        "rooms": found,
        "without_hours": [
            row for row in found if not row.opening_hours.all() and not row.part_of_id
        ],
    }
    return render(request, "portal/beginning/rooms.html", context)


@begins
@confirmed
def demonstration(request: SignedInRequest) -> HttpResponse:
    """What there is of a demonstration, and the button that takes it away."""
    if request.method == "POST":
        removing.remove(by=request.user, now=local_now())
        messages.success(request, _("The demonstration is gone."))
        gone = not User.objects.filter(pk=request.user.pk).exists()
        return redirect("portal:home" if gone else "portal:begin")
    found = removing.to_remove()
    lines = [] if found.is_nothing else list(found.lines())
    context = {
        "lines": lines,
        "mixed": [line for line in lines if line[2] or line[3]],
        "sums": [sum(column) for column in list(zip(*lines, strict=True))[1:]],
    }
    return render(request, "portal/beginning/demo.html", context)
