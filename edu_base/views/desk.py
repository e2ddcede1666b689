"""The desk of the education base: what is due, and the way to everything."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common.days import local_now
from diedie_edu.common.parts import open_entries, rows_of
from edu_base.parts import BaseEntry, BasePanels
from edu_base.views.doors import keeps


@keeps
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    context = {
        "entries": open_entries(BaseEntry, request.user),
        "panels": rows_of(BasePanels, request.user, local_now()),
    }
    return render(request, "edu_base/desk.html", context)
