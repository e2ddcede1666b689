"""A document with all its versions; what the reader owes; when it is due."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import sent_number
from diedie_edu.office.actions import drafts, years
from diedie_edu.office.forms.writing import DueForm
from diedie_edu.office.models import WAS_APPROVED, Document, Version
from diedie_edu.office.queries import owed as queries
from diedie_edu.office.queries.documents import earlier_version
from diedie_edu.office.views.doors import keeps, reads, reviews
from diedie_edu.office.views.versions import versions


@reads
@require_safe
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """Readers who do not write see what was approved."""
    found = get_own_or_404(request, Document.objects, pk=pk)
    keeps_it = request.user.may(Permission.KEEP_OFFICE, found.programme)
    rows = versions().filter(document=found).order_by("-number")
    shown = list(rows if keeps_it else rows.filter(state__in=WAS_APPROVED))
    [stands] = queries.owed([found], local_day(local_now()))
    context = {
        "document": found,
        "owed": stands,
        "versions": shown,
        "keeps": keeps_it,
        "reviews": request.user.may(Permission.REVIEW_OFFICE, found.programme),
        "earlier": earlier_version(found) if keeps_it and not shown else None,
    }
    return render(request, "office/document.html", context)


@keeps
@require_POST
def write(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on with the open version, or begin one; the first may begin like that of another year."""
    found = get_own_or_404(request, Document.objects, pk=pk)
    like = None
    if "like" in request.POST:
        same = Version.objects.filter(
            document__programme=found.programme, document__work=found.work, state__in=WAS_APPROVED
        )
        like = get_object_or_404(
            same.select_related("document"), pk=sent_number(request.POST["like"])
        )
    with refusals.as_message(request):
        version = drafts.begin(document=found, by=request.user, now=local_now(), like=like)
        return redirect("office:version", version.pk)
    return redirect("office:document", pk)


@keeps
@require_safe
def owed(request: SignedInRequest) -> HttpResponse:
    """One page over all own programmes."""
    today = local_day(local_now())
    rows = queries.owed_by(request.user, today)
    context = {
        "pressing": [row for row in rows if row.is_pressing],
        "rest": [row for row in rows if not row.is_pressing],
        "today": today,
    }
    return render(request, "office/owed.html", context)


@reviews
@in_one_transaction
def due(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, Document.objects, pk=pk)
    form = DueForm(request.POST or None, instance=found, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            years.set_due(document=form.instance, now=local_now())
            messages.success(request, _("Saved."))
            return redirect("office:document", pk)
    return render(request, "office/document_due.html", {"form": form, "document": found})
