"""The weekly times of a group."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from happy_square.actions import weekly_times
from happy_square.forms.meet_ups import WeeklyTimeForm
from happy_square.views.running import group_run_by

PAGE = "happy_square:times"


@signed_in
def times(request: SignedInRequest, pk: int) -> HttpResponse:
    """What there is, each to be ended, and a new one."""
    group = group_run_by(request, pk)
    form = WeeklyTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            weekly_times.add(group=group, by=request.user, now=local_now(), **form.cleaned_data)
            messages.success(request, _("Saved. The dates of the coming weeks follow."))
            return redirect(PAGE, pk)
    rows = group.weekly_times.filter(is_on=True).select_related("venue")
    context = {"group": group, "form": form, "times": rows}
    return render(request, "happy_square/times_form.html", context)


@signed_in
@require_POST
def end_time(request: SignedInRequest, pk: int, time: int) -> HttpResponse:
    """Dates that nobody has confirmed go with it."""
    group = group_run_by(request, pk)
    usual = get_object_or_404(group.weekly_times, pk=time)
    weekly_times.end(usual=usual, by=request.user, now=local_now())
    messages.success(request, _("This weekly time has ended. Members read it in the portal."))
    return redirect(PAGE, pk)
