"""What went out elsewhere."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, scopes
from diedie_edu.common import refusals
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.manifests import programmes
from diedie_edu.figures.kinds import Sheet
from diedie_edu.figures.views.doors import span_or_404
from diedie_edu.publicity.actions import records as acts
from diedie_edu.publicity.forms.records import RecordForm
from diedie_edu.publicity.models import OutwardRecord
from diedie_edu.publicity.queries.figures import posts_out, records_out
from diedie_edu.publicity.views.doors import publishes, record_or_404

PER_PAGE = 30


@publishes
@require_safe
def records(request: SignedInRequest) -> HttpResponse:
    rows = within(OutwardRecord.objects.select_related("post", "picture__file"), scopes(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "publicity/records.html", {"page": page})


@publishes
@require_safe
def went_out(request: SignedInRequest, key: str) -> HttpResponse:
    """What the figure of publicity counts, of one programme where it is named."""
    sheet, programme = Sheet(span_or_404(key), local_now()), request.GET.get("programme", "")
    of_programme = {"programme": programme} if programme else {}
    rows = records_out(sheet).select_related("post", "picture__file")
    context = {
        "span": sheet.span,
        "programme": programmes().get(programme),
        "posts": within(posts_out(sheet).filter(**of_programme), scopes(request)),
        "records": within(rows.filter(**of_programme), scopes(request)),
    }
    return render(request, "publicity/went_out.html", context)


@publishes
def add(request: SignedInRequest) -> HttpResponse:
    today = local_day(local_now())
    form = RecordForm(
        request.POST or None,
        instance=OutwardRecord(),
        scopes=scopes(request),
        initial={"went_out_on": today, "post": request.GET.get("post")},
    )
    return _kept(request, form) or render(request, "publicity/record_form.html", {"form": form})


@publishes
@in_one_transaction
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    record = record_or_404(request, pk)
    form = RecordForm(
        request.POST or None, instance=record, scopes=scopes(request), by=request.user
    )
    context = {"form": form, "record": record}
    return _kept(request, form) or render(request, "publicity/record_form.html", context)


def _kept(request: SignedInRequest, form: RecordForm) -> HttpResponse | None:
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.keep(record=form.instance, by=request.user, now=local_now())
            messages.success(request, _("Saved."))
            return redirect("publicity:records")
    return None
