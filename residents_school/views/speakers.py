"""Who speaks at a lecture: invitations and their answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from residents_school import queries
from residents_school.actions import invite_speaker, withdraw_invitation
from residents_school.forms import InvitationForm
from residents_school.models import Invitation, Lecture
from residents_school.views.staff import plans, show_refusal

PAGE = "residents_school:lecture_speakers"


@plans
def lecture_speakers(request: HttpRequest, pk: int) -> HttpResponse:
    """Speakers and invitations of one lecture; the form invites."""
    lecture = get_object_or_404(queries.lectures(), pk=pk)
    form = InvitationForm(request.POST or None, lecture=lecture)
    if request.method == "POST" and form.is_valid() and _invited(request, lecture, form):
        messages.success(request, _("Invited. You are told here as soon as there is an answer."))
        return redirect(PAGE, pk)
    context = {
        "lecture": lecture,
        "form": form,
        "speakers": queries.speakers(lecture),
        "invitations": queries.invitations_to(lecture),
        "is_ahead": lecture.starts_at > local_now() and not lecture.is_called_off,
    }
    return render(request, "residents_school/speakers.html", context)


def _invited(request: HttpRequest, lecture: Lecture, form: InvitationForm) -> bool:
    """A refusal is shown in the form."""
    wanted = form.cleaned_data
    try:
        invite_speaker(
            lecture=lecture,
            volunteer=wanted["volunteer"],
            note=wanted["note"].strip(),
            by=request.user,
            now=local_now(),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


@plans
@require_POST
def invitation_withdraw(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    found = get_object_or_404(Invitation, pk=invitation, lecture=pk)
    withdraw_invitation(invitation=found, by=request.user, now=local_now())
    messages.success(request, _("Withdrawn; the person is told."))
    return redirect(PAGE, pk)
