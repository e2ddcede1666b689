"""Complaints: written without signing in, seen to by staff, answered on a page of their own."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.links import numbers_in, token
from diedie_edu.common.sent import sent_number
from happy_square.actions import complaints, findings
from happy_square.forms.complaints import ComplaintForm, FindingForm, JoinForm, SettleForm
from happy_square.models import Complaint
from happy_square.queries import complaints as queries
from happy_square.views.doors import guides

PURPOSE, PER_PAGE = "complaint", 20


@public
def complain(request: HttpRequest) -> HttpResponse:
    """One short form; the group's page names it in the address."""
    form = ComplaintForm(request.POST or None, initial=_named(request))
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            row = complaints.complain(
                told=form.told(),
                sheet=form.cleaned_data["sheet"],
                address=network_of(request),
                language=get_language() or "",
                now=local_now(),
            )
            return redirect("happy_square:complaint_outcome", token(PURPOSE, row.pk))
    return render(request, "happy_square/complain.html", {"form": form})


def _named(request: HttpRequest) -> dict[str, str]:
    sent = {name: request.GET.get(name, "") for name in ("group", "venue")}
    return {name: number for name, number in sent.items() if sent_number(number)}


@public
@require_safe
def outcome(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and later what came of it; nothing of what was written, for links are passed on."""
    named = numbers_in(token, PURPOSE)
    if named is None or len(named) != 1:
        raise Http404
    rows = Complaint.objects.select_related("group", "venue")
    row = get_object_or_404(rows, pk=named[0])
    return render(request, "happy_square/complaint_outcome.html", {"complaint": row})


@guides
@require_safe
def complaint_list(request: SignedInRequest) -> HttpResponse:
    """Those nobody has seen to, or all."""
    shows_all = request.GET.get("which") == "all"
    found = queries.visible_to(request.user) if shows_all else queries.new_ones(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "shows_all": shows_all}
    return render(request, "happy_square/complaint_list.html", context)


@guides
def complaint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read it, then one of three: a finding of its own, part of an open one, nothing follows."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    forms = _forms(request, row)
    sent = forms.get(request.POST.get("what", ""))
    if request.method == "POST" and sent is not None and sent.is_valid():
        with refusals.in_form(sent):
            _see_to(request, row, sent)
            return redirect("happy_square:complaint", pk)
    context = {"complaint": row, "forms": forms}
    return render(request, "happy_square/complaint.html", context)


def _forms(request: SignedInRequest, row: Complaint) -> dict[str, Any]:
    """What can be done, by the name that its button sends; the one that was sent is bound."""
    if not row.is_new:
        return {}
    what, today = request.POST.get("what"), local_day(local_now())
    to_join = queries.findings_to_join(row)

    def bound(name: str) -> Any:
        return request.POST if what == name else None

    forms: dict[str, Any] = {
        "finding": FindingForm(bound("finding"), complaint=row, today=today, prefix="f"),
        "settle": SettleForm(bound("settle"), prefix="s"),
    }
    if to_join:
        forms["join"] = JoinForm(bound("join"), findings=to_join, prefix="j")
    return forms


def _see_to(request: SignedInRequest, row: Complaint, form: Any) -> None:
    who: dict[str, Any] = {"complaint": row, "by": request.user}
    match form:
        case FindingForm():
            findings.find_after(found=form.found(), now=local_now(), **who)
            messages.success(request, _("This is a finding now; the leaders get a message."))
        case JoinForm():
            complaints.join(finding=form.cleaned_data["finding"], **who)
            messages.success(request, _("It belongs to that finding now."))
        case SettleForm():
            complaints.settle(now=local_now(), **form.cleaned_data, **who)
            messages.success(request, _("Answered and closed."))
