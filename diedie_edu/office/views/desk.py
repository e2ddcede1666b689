"""The desk of the programme office: what is due, and the way to everything."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common.days import local_now
from diedie_edu.common.parts import OfficeEntry, OfficePanels, open_entries, rows_of
from diedie_edu.office.views.doors import reads


@reads
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    context = {
        "entries": open_entries(OfficeEntry, request.user),
        "panels": rows_of(OfficePanels, request.user, local_now()),
    }
    return render(request, "office/desk.html", context)
