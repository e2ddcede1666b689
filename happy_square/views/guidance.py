"""监控、指导 as staff do it: whom to visit, the visit on the spot, what was found."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from happy_square.actions import findings
from happy_square.forms.guidance import FollowUpForm, VisitForm
from happy_square.models import Group, Point
from happy_square.queries import complaints, guidance
from happy_square.queries.spending import with_lines
from happy_square.views.doors import guides

PER_PAGE = 50


@guides
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """What is to be put right, and who was not visited for longest."""
    today = local_day(local_now())
    context = {
        "page": Paginator(guidance.to_see_to(), PER_PAGE).get_page(request.GET.get("page")),
        "groups": guidance.groups_to_visit(today),
        "complaints": complaints.new_ones(request.user).count(),
        "today": today,
    }
    return render(request, "happy_square/guidance.html", context)


@guides
def visit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Filled in standing on the square."""
    group = get_own_or_404(request, Group.objects.all(), pk=pk)
    now = local_now()
    form = VisitForm(request.POST or None, today=local_day(now))
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            entered = findings.enter_visit(
                group=group,
                sheet=form.cleaned_data["sheet"],
                in_order=form.in_order(),
                found=form.found(),
                note=form.cleaned_data["note"],
                by=request.user,
                now=now,
            )
            messages.success(request, _entered(entered.findings.count()))
            return redirect("happy_square:group_guidance", pk)
    context = {"group": group, "form": form}
    return render(request, "happy_square/visit.html", context)


def _entered(number: int) -> str:
    if not number:
        return _("The visit is written down: nothing to be put right.")
    text = ngettext(
        "The visit is written down. The leaders get a message about %(number)d point.",
        "The visit is written down. The leaders get a message about %(number)d points.",
        number,
    )
    return text % {"number": number}


@guides
@require_safe
def of_group(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that is known of one: visits, findings, support."""
    group = get_own_or_404(request, Group.objects.select_related("kind"), pk=pk)
    context = {
        "group": group,
        "findings": guidance.findings().filter(group=pk).order_by("-found_at", "-pk"),
        "visits": guidance.visits_of(pk),
        "support": with_lines(group.support.select_related("entered_by")),
        "today": local_day(local_now()),
        "points": Point,
    }
    return render(request, "happy_square/group_guidance.html", context)


@guides
def finding(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its history; it is put right, or something is still missing."""
    rows = guidance.findings().prefetch_related("complaints")
    found = get_own_or_404(request, rows, pk=pk)
    now = local_now()
    form = FollowUpForm(request.POST or None, finding=found, today=local_day(now))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"finding": found, "by": request.user, "now": now}
        due_on = said.pop("due_on")
        with refusals.in_form(form):
            if request.POST.get("what") == "closed":
                findings.close(**said)
                messages.success(request, _("Put right and closed."))
            else:
                said.pop("told", None)
                findings.send_back(due_on=due_on, **said)
                messages.success(request, _("Sent back; the leaders get a message."))
            return redirect("happy_square:finding", pk)
    context = {
        "finding": found,
        "form": form,
        "today": local_day(now),
        "leads_it": guidance.leads_group(request.user, found.group_id),
    }
    return render(request, "happy_square/finding.html", context)
