"""Who leads a group: named, handed over with both sides' yes, ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.notices.queries.names import register_name
from happy_square.actions import leading as acts
from happy_square.forms.leading import DeputyForm, StaffNamesForm, SuccessorForm
from happy_square.models import Group
from happy_square.queries import leaders
from happy_square.queries.groups import announced_groups
from happy_square.rules import leading as rules
from happy_square.views.doors import is_staff
from happy_square.views.running import group_run_by

HOME = "happy_square:leading"


@signed_in
@in_one_transaction
def leading(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who leads it; naming somebody is its form."""
    group = group_run_by(request, pk)
    names = StaffNamesForm if is_staff(request) else DeputyForm
    form = names(request.POST or None, group=pk)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form, "member"):
            return _name(request, group, form)
    context = {
        "group": group,
        "leaders": leaders.live_leaderships(pk),
        "own": leaders.own_leadership(request.user, pk),
        "may_change": is_staff(request) or leaders.part_of(request.user, pk) != "deputy",
        "is_staff": is_staff(request),
        "offer": leaders.open_hand_over(pk),
        "form": form,
        "successor_form": SuccessorForm(group=pk),
    }
    return render(request, "happy_square/leading.html", context)


def _name(request: SignedInRequest, group: Group, form: DeputyForm) -> HttpResponse:
    named = form.named()
    rules.check_may_change(leaders.part_of(request.user, group.pk), is_staff(request))
    rules.check_may_name(named["part"], is_staff(request))
    made = acts.name_leader(group=group, by=request.user, now=local_now(), **named)
    text = _("%(name)s is %(part)s now.")
    part = made.get_part_display()
    messages.success(request, text % {"name": made.resident.full_name, "part": part})
    return redirect(HOME, group.pk)


@signed_in
@require_POST
def leading_end(request: SignedInRequest, pk: int, leadership: int) -> HttpResponse:
    group = group_run_by(request, pk)
    found = get_object_or_404(leaders.live_leaderships(group.pk), pk=leadership)
    with refusals.as_message(request):
        rules.check_may_end(found, request.user, is_staff(request))
        acts.end_leadership(leadership=found, by=request.user, now=local_now())
        messages.success(request, _("Done. They get a message."))
    still_runs = is_staff(request) or leaders.part_of(request.user, pk)
    return redirect(HOME if still_runs else "happy_square:group", pk)


@signed_in
@require_POST
def leading_phone(request: SignedInRequest, pk: int) -> HttpResponse:
    group = group_run_by(request, pk)
    acts.show_phone(group=group, by=request.user, is_shown="show" in request.POST)
    messages.success(request, _("Saved."))
    return redirect(HOME, pk)


@signed_in
@require_POST
def hand_over_offer(request: SignedInRequest, pk: int) -> HttpResponse:
    group = group_run_by(request, pk)
    form = SuccessorForm(request.POST, group=pk)
    if not form.is_valid():
        raise Http404
    with refusals.as_message(request):
        rules.check_may_change(leaders.part_of(request.user, pk), is_staff(request))
        successor = form.cleaned_data["successor"]
        acts.offer(group=group, successor=successor, by=request.user, now=local_now())
        text = _("%s gets a message and says yes or no. Until then nothing changes.")
        messages.success(request, text % successor.full_name)
    return redirect(HOME, pk)


@signed_in
@require_POST
def hand_over_back(request: SignedInRequest, pk: int) -> HttpResponse:
    group = group_run_by(request, pk)
    with refusals.as_message(request):
        rules.check_may_change(leaders.part_of(request.user, pk), is_staff(request))
        acts.take_back(group=group, by=request.user, now=local_now())
        messages.success(request, _("Taken back."))
    return redirect(HOME, pk)


@signed_in
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """The successor's page; everybody else finds nothing here."""
    group = get_object_or_404(announced_groups(), pk=pk)
    offer = leaders.open_hand_over(pk)
    if offer is None or offer.successor.account_id != request.user.pk:
        raise Http404
    if request.method == "POST":
        with refusals.as_message(request):
            _answer(request, group)
            return redirect("happy_square:group", pk)
    context = {"group": group, "by": register_name(offer.offered_by)}
    return render(request, "happy_square/hand_over.html", context)


def _answer(request: SignedInRequest, group: Group) -> None:
    answered: dict[str, Any] = {"group": group, "by": request.user, "now": local_now()}
    if "yes" in request.POST:
        acts.accept(**answered)
        messages.success(request, _("You lead the group now. Thank you!"))
    else:
        acts.decline(**answered)
        messages.success(request, _("Thank you for your answer. Nothing has changed."))
