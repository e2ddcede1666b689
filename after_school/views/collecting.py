"""The guardian's pages on who may collect a child."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from after_school.actions import collecting, passes
from after_school.forms.children import CollectorForm, PassForm, ReasonForm, WalkHomeForm
from after_school.models import Collector, CollectorPass, GuardianRight, WalkHomePermission
from after_school.queries.children import others_of, term_to_collect_from
from after_school.views.doors import of_own_child
from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now


@of_own_child
def collectors(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """Everybody who may collect, the passes that are open, walking home; and somebody new."""
    today = local_day(local_now())
    form = CollectorForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            collecting.name_collector(
                child=right.child, new=form.new(), by=request.user, now=local_now()
            )
            messages.success(request, _saved(right))
            return redirect("after_school:collectors", right.child_id)
    child = right.child
    context = {
        "child": child,
        "right": right,
        "others": others_of(right),
        "form": form,
        "collectors": child.collectors.filter(ended_at=None).order_by("barred_at", "pk"),
        "passes": child.passes.filter(day__gte=today, used_at=None, taken_back_at=None),
        "walks": child.walk_home_permissions.filter(valid_until__gte=today, taken_back_at=None),
        "today": today,
    }
    return render(request, "after_school/collectors.html", context)


def _saved(right: GuardianRight) -> str:
    if others_of(right).exists():
        return _("Saved. The other guardian gets a message or a call.")
    return _("Saved.")


@of_own_child
def collector_bar(request: SignedInRequest, right: GuardianRight, pk: int) -> HttpResponse:
    found = get_object_or_404(Collector, pk=pk, child=right.child_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            collecting.bar_collector(
                collector=found,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=local_now(),
            )
            messages.success(request, _("Barred. Our staff see a warning from now on."))
            return redirect("after_school:collectors", right.child_id)
    context = {
        "form": form,
        "child": right.child,
        "collector": found,
        "others": others_of(right),
    }
    return render(request, "after_school/collector_bar.html", context)


@of_own_child
def bar_lift(request: SignedInRequest, right: GuardianRight, pk: int) -> HttpResponse:
    """Whoever set a bar takes it away, and says why."""
    found = get_object_or_404(Collector, pk=pk, child=right.child_id, barred_by=request.user)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            collecting.lift_bar(
                collector=found,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=local_now(),
            )
            messages.success(
                request, _("The bar is lifted. The guardians get a message or a call.")
            )
            return redirect("after_school:collectors", found.child_id)
    context = {"form": form, "child": found.child, "collector": found}
    return render(request, "after_school/bar_lift.html", context)


@of_own_child
def pass_make(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """The code is on the page that answers, once; nobody can read it later."""
    today = local_day(local_now())
    form = PassForm(request.POST or None, initial={"day": today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        term = term_to_collect_from(right.child_id, day, local_now())
        if term is None:
            raise Http404
        with refusals.in_form(form):
            made, code = passes.make_pass(
                child=right.child,
                term=term,
                by=request.user,
                now=local_now(),
                **form.cleaned_data,
            )
            context = {"child": right.child, "made": made, "code": code}
            context["back"] = "after_school:collectors"
            return render(request, "after_school/pass_made.html", context)
    context = {"form": form, "child": right.child}
    return render(request, "after_school/pass_make.html", context)


@of_own_child
@require_POST
def pass_back(request: SignedInRequest, right: GuardianRight, pk: int) -> HttpResponse:
    found = get_object_or_404(CollectorPass, pk=pk, child=right.child_id)
    with refusals.as_message(request):
        passes.take_back_pass(day_pass=found, by=request.user, now=local_now())
        messages.success(request, _("The pass is not good any more."))
    return redirect("after_school:collectors", right.child_id)


@of_own_child
def walk_home(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    form = WalkHomeForm(request.POST or None, initial={"valid_from": local_day(local_now())})
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            passes.permit_walking_home(
                child=right.child, by=request.user, now=local_now(), **form.days()
            )
            messages.success(request, _saved(right))
            return redirect("after_school:collectors", right.child_id)
    return render(request, "after_school/walk_home.html", {"form": form, "child": right.child})


@of_own_child
@require_POST
def walk_home_back(request: SignedInRequest, right: GuardianRight, pk: int) -> HttpResponse:
    found = get_object_or_404(WalkHomePermission, pk=pk, child=right.child_id)
    with refusals.as_message(request):
        passes.take_back_walking_home(permission=found, by=request.user, now=local_now())
        messages.success(request, _("From now on your child does not leave alone."))
    return redirect("after_school:collectors", right.child_id)
