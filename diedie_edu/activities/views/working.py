"""What staff do with one row of the list of people, in every programme that keeps one.

Each button says in a sentence what came of it, and leads back to the list.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.activities.actions import offers, working
from diedie_edu.activities.models import Activity, SignUp, StaffNote
from diedie_edu.activities.queries import presence
from diedie_edu.activities.queries.register import notes_about
from diedie_edu.activities.rules.sign_up import can_cancel
from diedie_edu.activities.views.register import (
    keeps_register,
    kept_activity,
    list_of,
    worked_activity,
)
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.common.sent import row_or_404, sent_number, sent_numbers
from diedie_edu.notices.rules.addresses import numbers_of_person
from diedie_edu.people.actions.access_log import log_access
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import is_child

Act = Callable[[SignedInRequest, SignUp], str]
Door = Callable[[HttpRequest, int, int], HttpResponse]


def _sign_up(request: SignedInRequest, pk: int, sign_up: int) -> SignUp:
    """One of an activity that the reader keeps; any other answers 404."""
    return _row_of(kept_activity(request, pk), sign_up)


def _row_of(activity: Activity, sign_up: int) -> SignUp:
    rows = SignUp.objects.filter(activity=activity)
    people = rows.select_related("activity__programme", "resident__household", "resident__account")
    return get_object_or_404(people, pk=sign_up)


def _door(act: Act) -> Door:
    @keeps_register
    @require_POST
    def view(request: SignedInRequest, pk: int, sign_up: int) -> HttpResponse:
        row = _sign_up(request, pk, sign_up)
        with refusals.as_message(request):
            messages.success(request, act(request, row))
        return redirect("activities:people", pk)

    return view  # type: ignore[return-value]


@_door
def withdraw(request: SignedInRequest, row: SignUp) -> str:
    asked = "off" not in request.POST
    working.withdraw(sign_up=row, by=request.user, now=local_now(), is_asked=asked)
    return _("%(person)s: the place is given back. A slip? Undo it below within two minutes.") % {
        "person": row.resident.full_name
    }


@_door
def undo(request: SignedInRequest, row: SignUp) -> str:
    working.undo_withdrawal(sign_up=row, by=request.user, now=local_now())
    return _("%(person)s stands in the list again, and no message goes out.") % {
        "person": row.resident.full_name
    }


@_door
def confirm(request: SignedInRequest, row: SignUp) -> str:
    """They have said yes on the telephone."""
    offers.accept_offer(sign_up=row, by=request.user, now=local_now())
    return _("%(person)s: the seat is confirmed.") % {"person": row.resident.full_name}


@keeps_register
@require_safe
def call(request: SignedInRequest, pk: int, sign_up: int) -> HttpResponse:
    """The numbers to ring, with the buttons for what they answer."""
    activity, now = worked_activity(request, pk), local_now()
    row = _row_of(activity, sign_up)
    if is_child(row.resident.birth_date, local_day(now)):
        log_access(children=[row.resident_id], by=request.user, page="people to call", now=now)
    row.is_in = presence.is_in(activity.pk, row.resident_id, now)  # type: ignore[attr-defined]
    context = {
        "activity": activity,
        "row": row,
        "numbers": numbers_of_person(row.resident, row.signed_up_by_id),
        "notes": notes_about(activity).filter(resident=row.resident),
        "back": list_of(activity),
        "may_cancel": not activity.is_ongoing
        and can_cancel(activity, activity.last_starts_at, now),
    }
    return render(request, "activities/person_call.html", context)


@keeps_register
@require_POST
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    """About the activity, or about the person named."""
    activity = worked_activity(request, pk)
    person = row_or_404(request, "resident", Resident) if request.POST.get("resident") else None
    text = request.POST.get("text", "")
    now = local_now()
    if working.write_note(activity=activity, resident=person, text=text, by=request.user, now=now):
        messages.success(request, _("Noted for your colleagues."))
    return redirect(next_page(request, list_of(activity)))


@keeps_register
@require_POST
def note_done(request: SignedInRequest, pk: int, note: int) -> HttpResponse:
    activity = worked_activity(request, pk)
    found = StaffNote.objects.filter(activity=activity, pk=note).first()
    if found is not None:
        working.remove_note(note=found, by=request.user)
        messages.success(request, _("The note is taken off."))
    return redirect(next_page(request, list_of(activity)))


@keeps_register
@require_POST
def together(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those ticked in the queue; or a party is parted again."""
    activity = kept_activity(request, pk)
    with refusals.as_message(request):
        messages.success(request, _moved(request, activity))
    return redirect("activities:people", pk)


def _moved(request: SignedInRequest, activity: Activity) -> str:
    now, apart = local_now(), sent_number(request.POST.get("apart", ""))
    if apart:
        working.wait_apart(activity=activity, party=apart, by=request.user, now=now)
        return _("They wait each on their own.")
    ticked = sent_numbers(request.POST.getlist("row"))
    rows = working.wait_together(activity=activity, waiting=ticked, by=request.user, now=now)
    return _("%(people)s people wait together, where the last of them stood.") % {
        "people": len(rows)
    }
