"""Summaries: drafted in one click, figures read anew, pictures chosen, exported, printed."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import downloads, refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.models import Job
from diedie_edu.jobs.queries import jobs_of
from diedie_edu.jobs.views import looking_again
from diedie_edu.office.actions import drafts
from diedie_edu.office.actions import summaries as actions
from diedie_edu.office.forms.summaries import PicturesForm
from diedie_edu.office.models import Document, Version, Work
from diedie_edu.office.queries import summaries as queries
from diedie_edu.office.queries.documents import last_version
from diedie_edu.office.queries.summaries import Summary
from diedie_edu.office.queries.summary_files import deck_of, paper_of
from diedie_edu.office.views.doors import keeps, reads
from diedie_edu.office.views.versions import DOCUMENT, VERSION, seen_or_404


def _summary_or_404(request: SignedInRequest, pk: int) -> Version:
    found = seen_or_404(request, pk)
    if found.document.work != Work.SUMMARY:
        raise Http404
    return found


@reads
@require_safe
def printed(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _summary_or_404(request, pk)
    context = {
        "version": version,
        "summary": queries.summary_of(version, local_now()),
        "keeps": request.user.may(Permission.KEEP_OFFICE, version.document.programme),
    }
    return render(request, "office/summary_print.html", context)


@reads
@require_safe
def as_word(request: SignedInRequest, pk: int) -> HttpResponse:
    from diedie_edu.office.papers import word

    return _file(request, pk, "docx", lambda *summary: word.write(paper_of(*summary)))


@reads
@require_safe
def as_slides(request: SignedInRequest, pk: int) -> HttpResponse:
    from diedie_edu.office.papers import slides

    return _file(request, pk, "pptx", lambda *summary: slides.write(deck_of(*summary)))


def _file(
    request: SignedInRequest, pk: int, extension: str, write: Callable[[Summary, datetime], bytes]
) -> HttpResponse:
    """Made anew each time, so that nobody is in it who has withdrawn the permission since."""
    now = local_now()
    summary = queries.summary_of(_summary_or_404(request, pk), now)
    content = write(summary, now)
    actions.note_export(summary=summary, extension=extension, by=request.user, now=now)
    return downloads.office_file(content, summary.title, extension)


@keeps
@require_POST
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, Document.objects.filter(work=Work.SUMMARY), pk=pk)
    with refusals.as_message(request):
        job = asking.ask(
            kind=actions.DRAFTING,
            title=str(found),
            params={"document": found.pk},
            by=request.user,
            language=get_language() or "",
        )
        return redirect("office:summary_drafting", job.pk)
    return redirect(DOCUMENT, pk)


@keeps
@require_safe
def drafting(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far it is; once it is done, the draft."""
    job = get_object_or_404(jobs_of(request.user), pk=pk, kind=actions.DRAFTING.slug)
    written = last_version(Document.objects.get(pk=job.params["document"]))
    if job.state == Job.State.DONE and written:
        return redirect(VERSION, written.pk)
    context = {"job": job, "kind": actions.DRAFTING, "again": actions.document_of(job)}
    return looking_again(render(request, "jobs/job.html", context), job)


@keeps
@require_POST
def refresh(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _summary_or_404(request, pk)
    with refusals.as_message(request):
        changes = actions.refresh(version=version, by=request.user, now=local_now())
        told = _("; ").join(map(str, changes)) or _("no figure has changed.")
        messages.success(request, _("Figures read anew: %(changes)s") % {"changes": told})
    return redirect(VERSION, pk)


@keeps
@require_http_methods(["GET", "HEAD", "POST"])
@in_one_transaction
def pictures(request: SignedInRequest, pk: int) -> HttpResponse:
    version, now = _summary_or_404(request, pk), local_now()
    if request.method == "POST":
        drafts.lock_document(version.document_id)
    found = list(queries.pictures_for(version.document, now))
    form = PicturesForm(
        request.POST or None,
        rows=[version],
        by=request.user,
        choices=[(row.pk, row.alt) for row in found],
        initial={"pictures": list(version.summarypicture_rows.values_list("picture", flat=True))},
    )
    if form.is_valid():
        chosen = form.cleaned_data["pictures"]
        with refusals.in_form(form):
            actions.choose_pictures(version=version, chosen=chosen, by=request.user, now=now)
            return redirect(VERSION, pk)
    context = {"version": version, "form": form, "found": found}
    return render(request, "office/summary_pictures.html", context)
