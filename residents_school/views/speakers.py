"""Who speaks at a lecture: invitations and their answers."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.volunteering.actions.hours import confirm_hours
from diedie_edu.volunteering.forms import HoursForm
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.duties import duties_at
from residents_school.actions.invitations import invite_speaker, withdraw_invitation
from residents_school.forms.invitations import InvitationForm
from residents_school.models import Invitation, Lecture
from residents_school.queries import lectures
from residents_school.queries.invitations import invitations_to
from residents_school.views.staff import plans

PAGE = "residents_school:lecture_speakers"


@plans
def lecture_speakers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Speakers and invitations of one lecture; the form invites."""
    lecture = get_own_or_404(request, lectures.lectures(), pk=pk)
    form = InvitationForm(request.POST or None, lecture=lecture)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            _invite(request, lecture, form.cleaned_data)
            messages.success(
                request, _("Invited. As soon as there is an answer, you get a message here.")
            )
            return redirect(PAGE, pk)
    hours = HoursForm(duties=_others(request, lecture), by=request.user)
    return _page(request, lecture, form, hours)


@plans
@require_POST
@in_one_transaction
def lecture_hours(request: SignedInRequest, pk: int) -> HttpResponse:
    """How long everybody else on duty served, confirmed or corrected together."""
    lecture = get_own_or_404(request, lectures.lectures(), pk=pk)
    hours = HoursForm(request.POST, duties=_others(request, lecture), by=request.user)
    if hours.is_valid():
        with refusals.in_form(hours):
            confirm_hours(served=hours.served(), by=request.user, now=local_now())
            messages.success(request, _("Thank you. The hours are confirmed."))
            return redirect(PAGE, pk)
    return _page(request, lecture, InvitationForm(lecture=lecture), hours)


def _others(request: SignedInRequest, lecture: Lecture) -> QuerySet[Duty]:
    """Nobody confirms their own hours, so they are not in the form."""
    duties = duties_at([lecture.occasion.pk]).select_related("volunteer__resident")
    return duties.exclude(volunteer__resident__account=request.user)


def _page(
    request: HttpRequest, lecture: Lecture, form: InvitationForm, hours: HoursForm
) -> HttpResponse:
    now, stands = local_now(), not lecture.is_called_off
    duties = hours.duties.values()
    is_over = stands and lecture.ends_at <= now  # type: ignore[attr-defined]
    context = {
        "lecture": lecture,
        "form": form,
        "hours": hours if hours.is_bound or (is_over and duties) else None,
        "is_confirmed": all(duty.confirmed_at for duty in duties),
        "speakers": lectures.speakers(lecture),
        "invitations": invitations_to(lecture),
        "is_ahead": stands and lecture.starts_at > now,  # type: ignore[attr-defined]
    }
    return render(request, "residents_school/speakers.html", context)


def _invite(request: SignedInRequest, lecture: Lecture, wanted: dict[str, Any]) -> None:
    invite_speaker(
        lecture=lecture,
        volunteer=wanted["volunteer"],
        note=wanted["note"].strip(),
        by=request.user,
        now=local_now(),
    )


@plans
@require_POST
def invitation_withdraw(request: SignedInRequest, pk: int, invitation: int) -> HttpResponse:
    found = get_own_or_404(request, Invitation.objects, pk=invitation, lecture=pk)
    withdraw_invitation(invitation=found, by=request.user, now=local_now())
    messages.success(request, _("Withdrawn. The person gets a message or a call."))
    return redirect(PAGE, pk)
