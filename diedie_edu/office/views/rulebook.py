"""The rules of all programmes on one page, and who has confirmed a version."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404, scopes
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_day, local_now
from diedie_edu.office.actions.writing_rules import write
from diedie_edu.office.queries import rulebook as queries
from diedie_edu.office.views.doors import keeps, reads
from diedie_edu.programmes.models import Programme, RuleVersion


@reads
@require_safe
def rulebooks(request: SignedInRequest) -> HttpResponse:
    own = within(Programme.objects, scopes(request))
    context = {"books": queries.books(own, request.user, local_now())}
    return render(request, "office/rulebooks.html", context)


@reads
@require_safe
def rulebook_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """The text; who has confirmed it and who not is for those who write in the programme."""
    rows = RuleVersion.objects.select_related("programme")
    found, now = get_own_or_404(request, rows, pk=pk), local_now()
    may_keep = request.user.may(Permission.KEEP_OFFICE, found.programme.slug)
    context = {
        "rules": found,
        "today": local_day(now),
        "lists": queries.lists_of(found, now) if may_keep else [],
        "numbers": [] if may_keep else list(queries.readers_of(found, now)),
    }
    return render(request, "office/rulebook_version.html", context)


@keeps
@require_POST
def rulebook_write(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin the next version, with the words that hold now."""
    programme = get_own_or_404(request, Programme.objects, slug=slug)
    with refusals.as_message(request):
        version = write(programme=programme, by=request.user, now=local_now())
        return redirect("office:version", version.pk)
    return redirect("office:rulebooks")
