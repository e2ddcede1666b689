"""Who stands in for whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.decisions.actions import deputies as actions
from diedie_edu.decisions.forms import DeputyForm
from diedie_edu.decisions.queries.deputies import deputies_ahead
from diedie_edu.decisions.views.desk import at_desk


@at_desk
def deputies(request: SignedInRequest) -> HttpResponse:
    """Those to come and of today; naming another."""
    now = local_now()
    form = DeputyForm(request.POST or None, user=request.user)
    if form.is_valid():
        with refusals.in_form(form):
            actions.name_deputy(by=request.user, now=now, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("decisions:deputies")
    rows = deputies_ahead(request.user, local_day(now))
    return render(request, "decisions/deputies.html", {"form": form, "rows": rows})


@at_desk
@require_POST
def deputy_end(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = deputies_ahead(request.user, local_day(local_now()))
    row = get_object_or_404(rows, pk=pk)
    with refusals.as_message(request):
        actions.end_deputy(row=row, by=request.user, now=local_now())
        messages.success(request, _("Ended. You decide for yourself again."))
    return redirect("decisions:deputies")
