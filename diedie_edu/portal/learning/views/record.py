"""One's own learning record, as a page, as a file and as a paper."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import downloads, refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.spreadsheets.columns import CellType, Column, values_of
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_member, family_of
from diedie_edu.portal.certificates.forms import PeriodForm
from diedie_edu.portal.certificates.queries import certificates_of
from diedie_edu.portal.learning import queries
from diedie_edu.portal.learning.actions import issue_certificate
from diedie_edu.volunteering.models import Certificate

COLUMNS = [
    Column("day", "日期 | Day", CellType.DATE),
    Column("title", "活动 | What"),
    Column("topic", "专题 | Topic"),
    Column("programme", "项目 | Programme"),
    Column("minutes", "分钟 | Minutes", CellType.INTEGER),
]


def _member(request: SignedInRequest) -> Resident:
    """The family member named in the address, oneself where none is; others answer 404."""
    member = family_member(request.user, request.GET.get("resident", ""))
    if member is None:
        raise Http404
    return member


@signed_in
def learning(request: SignedInRequest) -> HttpResponse:
    """What was learned, year by year; a certificate is asked for below it."""
    member, now = _member(request), local_now()
    form = PeriodForm(request.POST or None, today=local_day(now))
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            issued = issue_certificate(
                resident=member, by=request.user, now=now, **form.cleaned_data
            )
            messages.success(request, _("Your certificate is ready. You can print it."))
            return redirect("portal:certificate", issued.pk)
    family = family_of(request.user)
    context = {
        "record": queries.Record(member, now),
        "certificates": certificates_of(member, Certificate.Kind.LEARNING),
        "form": form,
        "member": member,
        "family": family if len(family) > 1 else [],
    }
    return render(request, "portal/learning/record.html", context)


@signed_in
@require_safe
def export(request: SignedInRequest, extension: str) -> HttpResponse:
    """The record as a file that its person owns: a spreadsheet or JSON."""
    record = queries.Record(_member(request), local_now())
    title = _("Learning record")
    stem = f"{title} {local_day(local_now())}"
    if extension == "xlsx":
        rows = values_of(COLUMNS, record.lessons)
        return downloads.workbook(write_xlsx(COLUMNS, rows, sheet=title), stem)
    if extension != "json":
        raise Http404
    as_json = {"ensure_ascii": False, "indent": 1}
    answer = JsonResponse(queries.exported(record), json_dumps_params=as_json)
    return downloads.as_file(answer, stem, extension)
