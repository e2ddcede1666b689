"""One version of a document."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.office.models import Version
from diedie_edu.office.queries.contents import contents, lines
from diedie_edu.office.views.doors import keeps


@keeps
@require_GET
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, Version.objects.select_related("document"), pk=pk)
    context = {"version": found, "lines": list(lines(contents([pk])[pk]))}
    return render(request, "office/version.html", context)
