"""What touched the safety of the house, for the branch. Accounts stand there by their numbers."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.portal.trail import queries
from diedie_edu.portal.trail.forms import TrailFilter

PER_PAGE = 50


@requires(Permission.READ_TRAIL)
@require_safe
def trail(request: SignedInRequest) -> HttpResponse:
    form = TrailFilter(request.GET)
    form.is_valid()
    wanted = {name: form.cleaned_data.get(name) for name in ("q", "kind", "first_day", "last_day")}
    found = queries.events(**{name: value for name, value in wanted.items() if value})
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    with_names = bool(form.cleaned_data.get("names"))
    page.object_list = list(queries.lines(page, with_names=with_names))  # type: ignore[arg-type]
    context = {"page": page, "form": form, "is_filtered": with_names or any(wanted.values())}
    return render(request, "portal/trail.html", context)
