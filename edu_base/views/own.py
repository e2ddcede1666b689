"""The applicant's own page: where it stands, what to do next, papers, withdrawal. The guardian of
somebody under 18 has it too, and staff for what came on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import downloads, refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.parts import rows_of
from diedie_edu.common.sent import row_or_404
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.community.known import community
from edu_base.actions import applicants, applying, documents, guardians
from edu_base.forms.applying import DetailsForm, DocumentForm
from edu_base.forms.starting import GuardianForm
from edu_base.models import Application, State, Step
from edu_base.parts import OwnPanels
from edu_base.queries import applications as queries
from edu_base.queries.own_copy import rows_of as rows_of_copy
from edu_base.rules import applying as rules
from edu_base.rules.ages import is_minor
from edu_base.rules.conditions import facts_of, unmet
from edu_base.rules.guardians import guardian_acts
from edu_base.rules.papers import covered_number
from edu_base.rules.standing import STANDINGS
from edu_base.views.applying import applies

Acting = Step.Acting
COPY = [Column("what", "内容 | What"), Column("told", "记录 | Kept")]


def _found(request: SignedInRequest, pk: int) -> Application:
    """One of one's own, whatever the reason why another is not; anything else answers 404."""
    return get_object_or_404(queries.open_to(request.user, local_day(local_now())), pk=pk)


@applies
@require_safe
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    now = local_now()
    row = _found(request, pk)
    return render(request, "edu_base/own.html", _context(request, row, DocumentForm(), now))


def _context(request: SignedInRequest, row: Application, form: Any, now: Any) -> dict[str, Any]:
    today, is_open = local_day(now), rules.can_change(row)
    acting = queries.acting_in(row, request.user, today)
    minor = row.person is not None and is_minor(row.person.birth_date, today)
    history = list(queries.history(row))
    return {
        "application": row,
        "standing": STANDINGS[State(row.state)],
        "asked": next((step.reason for step in history if step.state == row.state), ""),
        "history": history,
        "documents": queries.documents_of(row),
        "form": form,
        "is_open": is_open,
        "missing": rules.missing(row) if is_open else [],
        "unmet": unmet(row.intake, facts_of(row), row.lifted) if is_open else [],
        "number": covered_number(row.paper_number),
        "acting": acting,
        "is_minor": minor,
        "asks_guardian": minor and acting == Acting.APPLICANT and is_open,
        "guardian": row.guardian if guardian_acts(row, today) else None,
        "can_withdraw": rules.can_withdraw(row),
        "panels": rows_of(OwnPanels, row, request.user, now),
        "phone": community().phone,
    }


@applies
@require_safe
def copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """PIPL art. 45: a copy of all that is kept of it, for whoever it is about and the guardian."""
    row = get_object_or_404(queries.own_applications(request.user, local_day(local_now())), pk=pk)
    title = _("My application")
    return downloads.workbook(
        write_xlsx(COPY, rows_of_copy(row), sheet=title), f"{title} {row.year}"
    )


@applies
@in_one_transaction
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _found(request, pk)
    if not rules.can_change(row):
        return redirect("edu_base:own_application", pk)
    today = local_day(local_now())
    form = DetailsForm(request.POST or None, instance=row, by=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            number = form.cleaned_data["number"]
            applying.change(application=form.instance, number=number, now=local_now())
            messages.success(request, _("Saved."))
            return redirect("edu_base:own_application", pk)
    return render(request, "edu_base/details.html", {"form": form, "application": row})


@applies
def add_document(request: SignedInRequest, pk: int) -> HttpResponse:
    row, now = _found(request, pk), local_now()
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            documents.add(
                application=row,
                sort=form.cleaned_data["sort"],
                data=form.cleaned_data["file"].read(),
                by=request.user,
                now=now,
            )
            messages.success(request, _("Kept. Only you and those who review it can open it."))
            return redirect("edu_base:own_application", pk)
    return render(request, "edu_base/own.html", _context(request, row, form, now))


@applies
@require_POST
def remove_document(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _found(request, pk)
    document = row_or_404(request, "document", queries.documents_of(row))
    with refusals.as_message(request):
        documents.remove(document=document)
        messages.success(request, _("Deleted."))
    return redirect("edu_base:own_application", pk)


@applies
@require_POST
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send it in; where somebody under 18 does so, the guardian is asked first."""
    row, now = _found(request, pk), local_now()
    acting = queries.acting_in(row, request.user, local_day(now))
    with refusals.as_message(request):
        try:
            applying.submit(application=row, acting=acting, by=request.user, now=now)
            messages.success(request, _("Thank you, it has arrived. We write at each step."))
        except rules.GuardianSubmits:
            guardians.ask(application=row, now=now)
            messages.success(request, _("We have asked your guardian by a message."))
    return redirect("edu_base:own_application", pk)


@applies
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    row, now = _found(request, pk), local_now()
    if request.method == "POST":
        acting = queries.acting_in(row, request.user, local_day(now))
        with refusals.as_message(request):
            applying.withdraw(application=row, acting=acting, by=request.user, now=now)
            messages.success(request, _("Withdrawn. Your papers have been deleted."))
        return redirect("edu_base:landing")
    return render(request, "edu_base/withdraw.html", {"application": row})


@applies
@in_one_transaction
def guardian(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name another guardian in a draft; later, whether the guardian stays after the 18th
    birthday, which the student alone decides."""
    row, now = _found(request, pk), local_now()
    acting = queries.acting_in(row, request.user, local_day(now))
    if acting == Acting.APPLICANT and "stays" in request.POST:
        guardians.keep_guardian(application=row, stays=request.POST["stays"] == "1")
        messages.success(request, _("Saved."))
        return redirect("edu_base:own_application", pk)
    form = GuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        named = applicants.NamedGuardian(told["guardian_name"], told["guardian_phone"])
        with refusals.in_form(form):
            applicants.name_guardian(application=row, named=named, now=now)
            messages.success(request, _("Saved."))
            return redirect("edu_base:own_application", pk)
    return render(request, "edu_base/guardian.html", {"form": form, "application": row})
