"""The register of one occasion, for the staff at its door. Nothing personal is in an address."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import How, Occasion
from diedie_edu.activities.rules.presence import door_opens_at
from diedie_edu.activities.traits import programmes_kept_by, sheet_url
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now, time_text
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import digits_of
from diedie_edu.common.sent import row_or_404
from diedie_edu.door.actions import arrivals
from diedie_edu.door.forms.door import BeyondForm, NewcomerForm, SheetForm
from diedie_edu.door.queries import attendance, families
from diedie_edu.door.rules import opening
from diedie_edu.people.forms import FindForm
from diedie_edu.people.models import Resident
from diedie_edu.people.queries.finding import FEWEST_DIGITS, means_a_number, residents_like

keeps_register = requires(Permission.KEEP_REGISTER)


def occasion_to_keep(request: SignedInRequest, pk: int) -> Occasion:
    """Of a programme whose register the reader keeps; any other answers 404."""
    kept = programmes_kept_by(request.user)
    return get_object_or_404(attendance.occasions_of(kept), pk=pk)


@keeps_register
@require_safe
def door(request: SignedInRequest, pk: int) -> HttpResponse:
    occasion = occasion_to_keep(request, pk)
    return render(request, "activities/door/door.html", _context(occasion, find=FindForm()))


def _context(occasion: Occasion, **more: Any) -> dict[str, Any]:
    return {
        "occasion": occasion,
        "activity": occasion.activity,
        "phase": str(opening.door_phase(occasion, local_now())),
        "opens_at": door_opens_at(occasion),
        "closes_at": opening.register_closes_at(occasion),
        "register": attendance.AttendanceRegister(occasion),
        "sheet_url": sheet_url(occasion.activity),
        **more,
    }


@keeps_register
@require_POST
def find(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whom the words mean: people with a seat, people without one, and a form for newcomers."""
    occasion = occasion_to_keep(request, pk)
    form = FindForm(request.POST)
    if not form.is_valid():
        return render(request, "activities/door/door.html", _context(occasion, find=form))
    words = form.cleaned_data["words"]
    newcomer = NewcomerForm(initial=_guess(words))
    people = families.with_family(occasion, residents_like(words))
    return _found(request, occasion, form, newcomer, people)


def _guess(words: str) -> dict[str, str]:
    """What a newcomer's form begins with; three digits are of a house, and no phone."""
    if means_a_number(words):
        return {"phone": words} if len(digits_of(words)) >= FEWEST_DIGITS else {}
    return {"full_name": words}


def _found(
    request: HttpRequest,
    occasion: Occasion,
    form: FindForm,
    newcomer: NewcomerForm,
    people: Sequence[Resident],
) -> HttpResponse:
    lines = attendance.standings(occasion, people)
    context = _context(occasion, find=form, newcomer=newcomer, lines=lines)
    return render(request, "activities/door/found.html", context)


@keeps_register
@require_POST
def arrived(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody with a seat is here."""
    occasion, resident = occasion_to_keep(request, pk), row_or_404(request, "resident", Resident)
    now = local_now()
    is_over = opening.door_phase(occasion, now) == opening.DoorPhase.LATER
    how = How.SHEET if is_over else How.LIST
    with refusals.as_message(request):
        arrival = arrivals.check_in(
            occasion=occasion, resident=resident, how=how, by=request.user, now=now
        )
        show_arrival(request, arrival)
    return redirect(f"{reverse('door:door', args=[occasion.pk])}#p{resident.pk}")


def show_arrival(request: HttpRequest, arrival: arrivals.Arrival) -> None:
    words = {
        "name": str(arrival.attendance.resident),
        "time": time_text(arrival.attendance.arrived_at),
    }
    if arrival.is_new:
        messages.success(request, _("%(name)s is here.") % words)
    else:
        messages.warning(request, _("%(name)s is in already, since %(time)s.") % words)


@keeps_register
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """A tap on the wrong name."""
    occasion, resident = occasion_to_keep(request, pk), row_or_404(request, "resident", Resident)
    with refusals.as_message(request):
        if arrivals.undo_arrival(
            occasion=occasion, resident=resident, by=request.user, now=local_now()
        ):
            words = {"name": resident.full_name}
            messages.success(request, _("Taken back: %(name)s is not here.") % words)
    return redirect(f"{reverse('door:door', args=[pk])}#p{resident.pk}")


# --- Walking in ------------------------------------------------------------------------


@keeps_register
@require_POST
def walk_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody of the register without a seat; where all are taken, a page asks for a reason."""
    occasion, resident = occasion_to_keep(request, pk), row_or_404(request, "resident", Resident)
    known = {"resident": resident.pk}
    return _let_in(
        request, occasion, known, lambda **more: arrivals.let_in(resident=resident, **more)
    )


@keeps_register
@require_POST
def newcomer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody who is not in the register."""
    occasion, form = occasion_to_keep(request, pk), NewcomerForm(request.POST)
    if not form.is_valid():
        return _found(request, occasion, FindForm(), form, [])
    known = form.cleaned_data
    person = {name: known[name] for name in ("full_name", "phone")}
    return _let_in(
        request, occasion, known, lambda **more: arrivals.let_in_newcomer(**person, **more)
    )


def _let_in(
    request: HttpRequest, occasion: Occasion, known: dict, call: Callable[..., arrivals.Arrival]
) -> HttpResponse:
    """`known` is what the page that asks for a reason sends again."""
    form = BeyondForm(request.POST if "reason" in request.POST else None)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        arrival = call(occasion=occasion, reason=reason, by=request.user, now=local_now())
    except Refused as refusal:
        if refusal.code == "full":
            context = {"warning": refusal, "known": known, "form": form, "occasion": occasion}
            return render(request, "activities/door/beyond.html", context)
        messages.error(request, str(refusal))
    else:
        show_arrival(request, arrival)
    return redirect("door:door", occasion.pk)


# --- The sheet of paper ----------------------------------------------------------------


@keeps_register
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Typing in who signed; whoever stands on a blank line is found or added as at the door."""
    occasion = occasion_to_keep(request, pk)
    context = _context(occasion, find=FindForm())
    form = SheetForm(request.POST or None, lines=context["register"].missing)
    if request.method == "POST" and form.is_valid():
        signed = form.cleaned_data["signed"]
        with refusals.in_form(form):
            number = arrivals.enter_sheet(
                occasion=occasion, residents=signed, by=request.user, now=local_now()
            )
            messages.success(request, _("Entered from the sheet: %(number)s.") % {"number": number})
            return redirect("door:sheet", pk)
    return render(request, "activities/door/sheet.html", context | {"form": form})
