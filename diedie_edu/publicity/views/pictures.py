"""Pictures, whom they show, and where they had gone out."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, scopes
from diedie_edu.common import refusals
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import sent_number
from diedie_edu.publicity.actions import pictures as acts
from diedie_edu.publicity.actions import records
from diedie_edu.publicity.forms.pictures import DescribeForm, UploadForm
from diedie_edu.publicity.models import Picture
from diedie_edu.publicity.queries import pictures as queries
from diedie_edu.publicity.views.doors import (
    picture_or_404,
    post_or_404,
    programme_of,
    publishes,
    record_or_404,
)

PER_PAGE = 24


@publishes
@require_safe
def pictures(request: SignedInRequest) -> HttpResponse:
    """All of one's programmes, each with whether it may be shown today."""
    rows = within(Picture.objects.select_related("file"), scopes(request))
    page = Paginator(rows.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    shown = queries.shown_pictures(local_day(local_now())).filter(pk__in=[row.pk for row in page])
    found = set(shown.values_list("pk", flat=True))
    rows_shown = [(row, row.pk in found) for row in page]
    return render(request, "publicity/pictures.html", {"page": page, "rows": rows_shown})


@publishes
def add(request: SignedInRequest) -> HttpResponse:
    """One more; with `?post=` it goes into that draft. Next one says whom it shows."""
    sent = sent_number(request.GET.get("post", ""))
    post = post_or_404(request, sent) if sent else None
    initial = {"programme": post.programme if post else programme_of(request)}
    files = request.FILES or None
    form = UploadForm(request.POST or None, files, scopes=scopes(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        who: dict[str, Any] = {"by": request.user, "now": local_now()}
        with refusals.in_form(form):
            data = told["file"].read()
            made = acts.add(programme=told["programme"], data=data, alt=told["alt"], **who)
            if post is not None:
                acts.put_in(post=post, picture=made, **who)
            messages.success(request, _("Kept. Now say who can be recognised in it."))
            return redirect("publicity:picture", made.pk)
    return render(request, "publicity/picture_add.html", {"form": form, "post": post})


@publishes
@in_one_transaction
def picture(request: SignedInRequest, pk: int) -> HttpResponse:
    found, now = picture_or_404(request, pk), local_now()
    today = local_day(now)
    form = DescribeForm(request.POST or None, rows=[found], by=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.describe(picture=found, by=request.user, now=now, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("publicity:picture", pk)
    context = {
        "picture": found,
        "form": form,
        "is_shown": queries.shown_pictures(today).filter(pk=pk).exists(),
        "out": next(iter(queries.where_gone_out([found], now)), None),
        "drafts": found.places.filter(post__state="draft").select_related("post"),
    }
    return render(request, "publicity/picture.html", context)


@publishes
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    acts.remove(picture=picture_or_404(request, pk), now=local_now())
    messages.success(request, _("Removed, from every post too."))
    return redirect("publicity:pictures")


@publishes
@require_safe
def gone_out(request: SignedInRequest) -> HttpResponse:
    """Pictures that may not be shown (any more), and where they had gone out."""
    rows = queries.gone_out(scopes(request), local_now())
    return render(request, "publicity/gone_out.html", {"rows": rows})


@publishes
@require_POST
def take_in(request: SignedInRequest, pk: int) -> HttpResponse:
    record = record_or_404(request, pk)
    records.take_in(record=record, on=local_day(local_now()))
    messages.success(request, _("Written down: no longer out there."))
    return redirect("publicity:gone_out")
