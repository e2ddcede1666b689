"""What a group has to put right, on its leader's phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.sent import row_or_404
from happy_square.actions import findings
from happy_square.forms.guidance import AnswerForm
from happy_square.models import Finding, Group
from happy_square.queries import guidance
from happy_square.views.running import group_run_by


@signed_in
def of_own_group(request: SignedInRequest, pk: int) -> HttpResponse:
    """The button of each finding names it; staff answer on behalf of the group."""
    group = group_run_by(request, pk)
    rows = list(guidance.findings().filter(group=pk).order_by("due_on", "pk"))
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        found = row_or_404(request, "finding", group.findings.all())
        if form.is_valid() and _answered(request, found, form):
            return redirect("happy_square:group_findings", pk)
    context = _context(group, rows, form, request.POST.get("finding", ""))
    return render(request, "happy_square/group_findings.html", context)


def _answered(request: SignedInRequest, found: Finding, form: AnswerForm) -> bool:
    with refusals.in_form(form):
        words = form.cleaned_data["words"]
        findings.answer(finding=found, words=words, by=request.user, now=local_now())
        messages.success(request, _("Thank you. The community looks at it and tells you."))
    return form.is_valid()


def _context(group: Group, rows: list[Finding], form: AnswerForm, sent: str) -> dict[str, Any]:
    """Each open finding with a form of its own; what was typed stays in the one that was sent."""
    forms = [
        (row, form if str(row.pk) == sent else AnswerForm(auto_id=f"answer-{row.pk}-%s"))
        for row in rows
        if not row.is_closed
    ]
    return {
        "group": group,
        "open": forms,
        "closed": [row for row in rows if row.is_closed],
        "support": group.support.all(),
        "today": local_day(local_now()),
    }
