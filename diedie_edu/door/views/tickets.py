"""Tickets: shown by residents, read by staff."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity, How, Occasion
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.door.actions import arrivals
from diedie_edu.door.queries import attendance, families
from diedie_edu.door.queries import tickets as tickets_shown
from diedie_edu.door.rules import opening
from diedie_edu.door.views.door import keeps_register, occasion_to_keep, show_arrival
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_of


@requires(Permission.TAKE_SEATS)
@require_safe
def tickets(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tickets of the family; whoever holds none answers 404."""
    rows = Occasion.objects.filter(activity__state=Activity.State.PUBLISHED, is_called_off=False)
    occasion = get_object_or_404(rows.select_related("activity", "venue"), pk=pk)
    holders = attendance.tickets_of(occasion, family_of(request.user))
    found = [tickets_shown.ticket(occasion, one, one.full_name) for one in holders]
    if not found:
        raise Http404
    context = {"activity": occasion.activity, "tickets": found}
    return render(request, "activities/door/tickets.html", context)


@public
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """What the camera of a staff member's phone opens. To anybody else every address here looks
    the same, so that it tells nothing of anybody."""
    if not _keeps_a_register(request):
        return render(request, "activities/door/ticket_of_another.html")
    named = attendance.on_ticket(token)
    if named is None:
        return render(request, "activities/door/no_ticket.html", status=404)
    occasion, resident = occasion_to_keep(request, named[0]), _resident(named[1])  # type: ignore[arg-type]
    if request.method == "POST":
        with refusals.as_message(request):
            _check_in(request, occasion, resident)  # type: ignore[arg-type]
        return redirect("door:door", occasion.pk)
    context = {
        "occasion": occasion,
        "resident": resident,
        "attendance": attendance.attendance_of(occasion.pk, resident.pk),
        "refusal": _refusal(occasion, resident),
        "beside": families.not_here_with(occasion, resident),
    }
    return render(request, "activities/door/ticket_of_staff.html", context)


def _keeps_a_register(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.may(Permission.KEEP_REGISTER)


def _resident(pk: int) -> Resident:
    return get_object_or_404(Resident.objects.numbered(pk))


def _refusal(occasion: Occasion, resident: Resident) -> str:
    """Why the ticket does not let in at present, or nothing."""
    if refusal := refusal_of(opening.check_can_check_in, occasion, How.TICKET, local_now()):
        return str(refusal)
    if attendance.is_seated(occasion, resident):
        return ""
    return _("This ticket is no longer good: its seat has been given back.")


def _check_in(request: SignedInRequest, occasion: Occasion, resident: Resident) -> None:
    """One tap; what came of it is said on the next page."""
    arrival = arrivals.check_in(
        occasion=occasion, resident=resident, how=How.TICKET, by=request.user, now=local_now()
    )
    show_arrival(request, arrival)


@keeps_register
def scan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Reading one ticket after the other: by the camera where the browser can, else typed.

    A ticket, its six digits or digits of the phone; several who fit are shown by name, and so are
    those without a phone who come with it.
    """
    occasion = occasion_to_keep(request, pk)
    context: dict[str, object] = {"occasion": occasion, "came": attendance.came_to(occasion)}
    if request.method != "POST":
        return render(request, "activities/door/scan.html", context)
    with refusals.as_message(request):
        people = attendance.people_meant(occasion, request.POST.get("ticket", ""))
        if len(people) == 1:
            people += families.not_here_with(occasion, people[0])
        if len(people) > 1:
            return render(request, "activities/door/scan.html", context | {"people": people})
        _check_in(request, occasion, people[0])
    return redirect("door:scan", pk)
