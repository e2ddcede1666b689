"""A second guardian's no, by way of staff."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from edu_base.actions import guardians
from edu_base.forms.applying import SettleForm, StopForm
from edu_base.models import Application
from edu_base.views.doors import keeps


@keeps
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write it down, or how it was settled."""
    rows = Application.objects.select_related("intake", "person", "guardian")
    row, now = get_object_or_404(rows, pk=pk), local_now()
    is_stopped = row.stopped_at is not None
    form = (SettleForm if is_stopped else StopForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = guardians.settle if is_stopped else guardians.stop
        with refusals.in_form(form):
            act(application=row, by=request.user, now=now, **form.cleaned_data)
            messages.success(request, _("Written down; the applicant and the guardian hear it."))
            return redirect("edu_base:stop", pk)
    context = {"form": form, "application": row, "stops": row.stops.select_related("by")}
    return render(request, "edu_base/stop.html", context)
