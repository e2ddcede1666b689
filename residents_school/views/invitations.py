"""Answering an invitation to speak, by its link alone: looking changes nothing, a POST acts."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from diedie_edu.accounts.access import public
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused, refusal_of
from residents_school.actions.invitations import (
    accept_invitation,
    decline_invitation,
    propose_other_date,
    speaks_no_more,
)
from residents_school.forms.invitations import DeclineForm, OtherDateForm
from residents_school.models import Invitation
from residents_school.queries import lectures
from residents_school.queries.invitations import invitation_behind, speaks_at
from residents_school.rules.invitations import check_invitation_stands


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Three buttons; what became of it where it is settled. A forged link is a missing page."""
    found = invitation_behind(token)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    form = _form(request)
    if not form.is_valid():
        return _page(request, found, form=form)
    try:
        _answer(request.POST.get("answer", ""), found, form)
    except Refused as refusal:
        found.refresh_from_db()
        return _page(request, found, form, _beside(form, refusal))
    return redirect("residents_school:invitation", token)


def _form(request: HttpRequest) -> DeclineForm:
    wants_other = request.POST.get("answer") == "other_date"
    return (OtherDateForm if wants_other else DeclineForm)(request.POST)


def _answer(answer: str, found: Invitation, form: Any) -> None:
    """Any other word than the buttons' does nothing."""
    word, now = form.cleaned_data["word"].strip(), local_now()
    if answer == "cannot_come":
        speaks_no_more(invitation=found, word=word, now=now)
        return
    answers = {
        "accept": partial(accept_invitation, invitation=found, now=now),
        "decline": partial(decline_invitation, invitation=found, word=word, now=now),
    }
    if answer == "other_date":
        propose_other_date(invitation=found, days=form.days(), word=word, now=now)
    elif answer in answers:
        answers[answer]()


def _beside(form: DeclineForm, refusal: Refused) -> Refused | None:
    """Put the refusal beside its field; the one that has none goes above."""
    if refusal.field not in form.fields:
        return refusal
    form.add_error(refusal.field, str(refusal))
    return None


def _page(
    request: HttpRequest,
    found: Invitation,
    form: DeclineForm | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    lecture = get_object_or_404(lectures.lectures(), pk=found.lecture_id)
    closed = refusal_of(check_invitation_stands, found, lecture.occasion, local_now())
    context = {
        "invitation": found,
        "lecture": lecture,
        "closed": closed,
        "refusal": None if closed else refusal,
        "form": form if isinstance(form, OtherDateForm) else OtherDateForm(),
        "proposes": isinstance(form, OtherDateForm),
        "decline": DeclineForm(),
        "may_still_say_no": speaks_at(found, local_now()),
    }
    return render(request, "residents_school/invitation.html", context)
