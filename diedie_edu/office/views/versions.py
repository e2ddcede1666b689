"""One version of a document: read, submitted, taken back, compared, its approval withdrawn."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.parts import Panel
from diedie_edu.decisions.queries.requests import open_request
from diedie_edu.office.actions import drafts
from diedie_edu.office.actions import versions as actions
from diedie_edu.office.actions.reviewing import KINDS
from diedie_edu.office.forms.writing import RevokeForm, SignedForm
from diedie_edu.office.models import WAS_APPROVED, Version
from diedie_edu.office.parts import VersionSection
from diedie_edu.office.queries.contents import contents, lines
from diedie_edu.office.queries.deciders import left_to
from diedie_edu.office.queries.differences import between
from diedie_edu.office.queries.documents import last_version
from diedie_edu.office.queries.remarks import remarks_by_line, with_remarks
from diedie_edu.office.rules.doing import Doing, doing
from diedie_edu.office.views.doors import keeps, reads, reviews

VERSION, DOCUMENT = "office:version", "office:document"


def versions() -> QuerySet[Version]:
    people = ("written_by", "submitted_by", "approved_by", "approved_for", "revoked_by")
    return Version.objects.select_related("document").prefetch_related("based_on", "scan", *people)


def seen_or_404(request: SignedInRequest, pk: int) -> Version:
    """What was approved once; drafts and what waits for those alone who write them."""
    found = get_own_or_404(request, versions(), pk=pk)
    if found.state not in WAS_APPROVED and not _keeps(request, found):
        raise Http404
    return found


def _keeps(request: SignedInRequest, version: Version) -> bool:
    return request.user.may(Permission.KEEP_OFFICE, version.document.programme)


def _doing(request: SignedInRequest, version: Version) -> Doing:
    reviewing = request.user.may(Permission.REVIEW_OFFICE, version.document.programme)
    last = last_version(version.document)
    return doing(version, last, keeps=_keeps(request, version), reviews=reviewing)


@reads
@require_safe
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    found, now = seen_or_404(request, pk), local_now()
    can, keeps_it = _doing(request, found), _keeps(request, found)
    sections = [
        Panel(part.place, part.template, part.facts(found, now))
        for part in parts_of(VersionSection)
        if found.document.work in part.works
    ]
    asked = open_request(KINDS[found.document.work], found.pk) if found.is_open else None
    context = {
        "version": found,
        "can": can,
        "keeps": keeps_it,
        "writes": can.writes,
        "sections": sorted(sections, key=lambda panel: panel.place),
        "lines": [] if sections else list(lines(contents([pk])[pk])),
        "files": with_remarks(found, found.attachment_rows.select_related("file")),
        "about_all": remarks_by_line(found).get(None, []) if keeps_it else [],
        "asked": asked,
        "is_stuck": keeps_it and found.is_open and bool(left_to([found.document], local_day(now))),
    }
    return render(request, "office/version.html", context)


@reads
@require_safe
def difference(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it says differently from the version that it was written after."""
    found = seen_or_404(request, pk)
    if found.based_on is None or not (_keeps(request, found) or _was_public(found)):
        raise Http404
    changes = between(found.based_on, found)
    context = {"version": found, "before": found.based_on, "changes": changes}
    return render(request, "office/difference.html", context)


def _was_public(version: Version) -> bool:
    return version.based_on is not None and version.based_on.state in WAS_APPROVED


@keeps
@require_POST
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, versions(), pk=pk)
    with refusals.as_message(request):
        actions.submit(version=found, by=request.user, now=local_now())
        messages.success(request, _("Submitted. Those who review it get a message."))
    return redirect(VERSION, pk)


@keeps
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, versions(), pk=pk)
    with refusals.as_message(request):
        actions.take_back(version=found, by=request.user, now=local_now())
        messages.success(request, _("Taken back. It is a draft again."))
    return redirect(VERSION, pk)


@keeps
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, versions(), pk=pk)
    if request.method == "POST":
        with refusals.as_message(request):
            drafts.drop(version=found, by=request.user, now=local_now())
            messages.success(request, _("The draft is gone."))
            return redirect(DOCUMENT, found.document_id)
        return redirect(VERSION, pk)
    return render(request, "office/version_drop.html", {"version": found})


@keeps
def signed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter a first version that was approved on paper."""
    found = get_own_or_404(request, versions(), pk=pk)
    form = SignedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            _enter_signed(request, found, form)
            messages.success(request, _("Entered. It is in force, and marked as signed on paper."))
            return redirect(VERSION, pk)
    return render(request, "office/version_signed.html", {"form": form, "version": found})


def _enter_signed(request: SignedInRequest, version: Version, form: SignedForm) -> None:
    told = form.cleaned_data
    version.signed_on, version.signed_by = told["signed_on"], told["signed_by"].strip()
    data = told["file"].read()
    actions.enter_signed(version=version, data=data, by=request.user, now=local_now())


@reviews
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, versions(), pk=pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            reason = form.cleaned_data["reason"]
            actions.revoke(version=found, reason=reason, by=request.user, now=local_now())
            messages.success(request, _("The approval is withdrawn; its authors get a message."))
            return redirect(DOCUMENT, found.document_id)
    return render(request, "office/version_revoke.html", {"form": form, "version": found})
