"""How a group stands: resting, suspended with the group's answer, ended, and going on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from happy_square.actions import standing as acts
from happy_square.forms.standing import AnswerForm, ReasonForm, SuspendForm
from happy_square.models import Group
from happy_square.queries.standing import history, last_change
from happy_square.rules.standing import ROOMS_KEPT
from happy_square.views.doors import is_staff
from happy_square.views.running import group_run_by

HOME = "happy_square:standing"
CHANGES: dict[str, tuple[type[forms.Form], Callable[..., None]]] = {
    "rest": (ReasonForm, acts.rest),
    "suspend": (SuspendForm, acts.suspend),
    "end": (ReasonForm, acts.end),
    "go-on": (forms.Form, acts.go_on),
}
BY_LEADERS = {"rest", "go-on"}


@signed_in
@require_safe
def standing(request: SignedInRequest, pk: int) -> HttpResponse:
    group = group_run_by(request, pk)
    context = {
        "group": group,
        "changes": history(pk),
        "is_staff": is_staff(request),
        "kept_days": ROOMS_KEPT.days,
    }
    return render(request, "happy_square/how_it_stands.html", context)


@signed_in
def standing_change(request: SignedInRequest, pk: int, change: str) -> HttpResponse:
    """One page for each change. Suspending and ending are for staff; others find nothing there."""
    group = group_run_by(request, pk)
    if change not in CHANGES or not (is_staff(request) or change in BY_LEADERS):
        raise Http404
    form_class, act = CHANGES[change]
    form = form_class(request.POST or None)
    if request.method == "POST" and (form.is_valid() or not form.fields):
        with refusals.in_form(form) if form.fields else refusals.as_message(request):
            act(group=group, by=request.user, now=local_now(), **_told(request, change, form))
            messages.success(request, _("Done. The members get a message."))
            return redirect(HOME, pk)
    context = {
        "group": group,
        "form": form,
        "change": change,
        "is_grave": change not in BY_LEADERS,
        "kept_days": ROOMS_KEPT.days,
    }
    return render(request, "happy_square/standing_change.html", context)


def _told(request: SignedInRequest, change: str, form: forms.Form) -> dict[str, Any]:
    if change == "go-on":
        return {"is_staff": is_staff(request)}
    return form.cleaned_data


@signed_in
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a suspended group has put right."""
    group, change = group_run_by(request, pk), last_change(pk)
    if change is None or group.standing != Group.Standing.SUSPENDED:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.answer(group=group, by=request.user, now=local_now(), **form.cleaned_data)
            messages.success(request, _("Sent. The community reads it and answers."))
            return redirect(HOME, pk)
    context = {"group": group, "change": change, "form": form}
    return render(request, "happy_square/standing_answer.html", context)
