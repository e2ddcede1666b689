"""A group asks to be listed: by whoever leads it, or on paper that staff type in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.people.actions.consents import add_grown_up
from diedie_edu.people.queries import person_of
from happy_square.actions.applications import apply
from happy_square.forms.applications import ApplicationForm, PaperForm
from happy_square.models import GroupApplication
from happy_square.queries.applications import own_returned
from happy_square.views.doors import guides, is_staff

FORM = "happy_square/application_form.html"


@signed_in
def application_new(request: SignedInRequest) -> HttpResponse:
    leader = person_of(request.user)
    form = ApplicationForm(request.POST or None)
    if leader and request.method == "POST" and form.is_valid():
        form.instance.leader = leader
        with refusals.in_form(form):
            return _apply(request, form.application())
    return render(request, FORM, {"form": form, "leader": leader, "may_type_in": is_staff(request)})


@signed_in
@in_one_transaction
def application_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """While it waits, or after it came back."""
    asked = get_object_or_404(own_returned(request.user), pk=pk)
    form = ApplicationForm(request.POST or None, instance=asked, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            return _apply(request, form.application())
    return render(request, FORM, {"form": form, "leader": asked.leader})


@guides
@in_one_transaction
def application_paper(request: SignedInRequest) -> HttpResponse:
    """Somebody else than who types it in decides."""
    paper, form = PaperForm(request.POST or None), ApplicationForm(request.POST or None)
    if request.method == "POST" and all([paper.is_valid(), form.is_valid()]):
        told = paper.cleaned_data
        with refusals.in_form(form):
            form.instance.leader = add_grown_up(full_name=told["full_name"], phone=told["phone"])
            form.instance.paper_reference = told["paper_reference"]
            return _apply(request, form.application())
    return render(request, FORM, {"form": form, "paper": paper})


def _apply(request: SignedInRequest, application: GroupApplication) -> HttpResponse:
    asked = apply(application=application, by=request.user, now=local_now())
    messages.success(request, _("Thank you. You read here how it goes on, and hear the answer."))
    return redirect("decisions:own", asked.pk)
