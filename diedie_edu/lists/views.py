"""Lists in and out: upload, look at what was found, confirm, follow, export.

Everybody at the desk has the page; which lists stand on it, each kind says.
"""

from functools import partial
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, confirm_first, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import downloads, refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.sent import sent_number
from diedie_edu.common.spreadsheets.workbooks import save_list
from diedie_edu.common.spreadsheets.writer import write_template
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.views import looking_again
from diedie_edu.lists.actions import exports, imports
from diedie_edu.lists.forms import UploadForm
from diedie_edu.lists.kinds import Exported, ListKind, kinds_open_to, list_kind, watched
from diedie_edu.lists.leaving import ask_why, note_export
from diedie_edu.lists.models import ImportJob
from diedie_edu.lists.queries import imports_seen_by
from diedie_edu.lists.room import EXPORT

PER_PAGE = 20
LINE = "line-"

moves_lists = requires(Permission.OPEN_DESK)


@moves_lists
@require_safe
def import_list(request: SignedInRequest) -> HttpResponse:
    kinds = _kinds(request)
    rows = imports_seen_by(request.user, kinds).defer("faults", "preview")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    jobs_and_kinds = [(job, list_kind(job.list_slug)) for job in page]
    context = {"page": page, "jobs_and_kinds": jobs_and_kinds, "kinds": kinds}
    return render(request, "people/imports.html", context)


@moves_lists
def import_new(request: SignedInRequest) -> HttpResponse:
    kinds = _kinds(request)
    initial = {"kind": request.GET.get("kind", "")}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        with refusals.in_form(form):
            job = imports.accept_upload(
                kind=form.cleaned_data["kind"],
                file_name=upload.name,
                content=upload.content,
                language=get_language(),
                by=request.user,
            )
            return redirect("lists:import_job", job.pk)
    return render(request, "people/import_new.html", {"form": form, "kinds": kinds})


def _kinds(request: SignedInRequest) -> list[ListKind]:
    """Raises `PermissionDenied` for staff who move no list at all."""
    kinds = kinds_open_to(request.user)
    if not kinds:
        raise PermissionDenied
    return kinds


def _job(request: SignedInRequest, pk: int) -> ImportJob:
    """Of a kind that is open to the reader; any other answers 404."""
    return get_object_or_404(imports_seen_by(request.user, _kinds(request)), pk=pk)


@moves_lists
@require_safe
def import_job(request: SignedInRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    context = {"job": job, "kind": list_kind(job.list_slug)}
    return looking_again(render(request, "people/import_job.html", context), job)


@moves_lists
@require_POST
def import_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """A second tap finds the list on its way already, says so, and changes nothing."""
    job = _job(request, pk)
    is_sure, hidden = "sure" in request.POST, request.POST.get("hidden", "")
    lines, now = _lines_said(request), local_now()
    confirm = partial(imports.confirm_import, is_sure=is_sure, hidden=hidden, lines=lines, now=now)
    with refusals.as_message(request):
        if not confirm(job=job):
            messages.info(request, _("That was done before. This is how the list stands now."))
    return redirect("lists:import_job", pk)


def _lines_said(request: SignedInRequest) -> dict[int, bool]:
    """Of each line by number, whether it is a row of the list."""
    said = [(sent_number(name.removeprefix(LINE)), word) for name, word in request.POST.items()]
    return {number: word == "row" for number, word in said if number}


@moves_lists
@require_POST
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    if imports.discard_import(job=job, now=local_now()):
        messages.success(request, _("The list is discarded. Nothing was changed."))
        return redirect("lists:imports")
    return redirect("lists:import_job", pk)


@moves_lists
@require_safe
def import_template(request: SignedInRequest, kind: str) -> HttpResponse:
    chosen, today = _kind(request, kind), local_day(local_now())
    title = str(chosen.title)
    content = write_template(chosen.columns(today), sheet=title)
    return downloads.workbook(content, title)


@moves_lists
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest, kind: str, extension: str) -> HttpResponseBase:
    return _export(request, _kind(request, kind), None, extension)


@moves_lists
@require_http_methods(["GET", "HEAD", "POST"])
def export_of(request: SignedInRequest, kind: str, pk: str, extension: str) -> HttpResponseBase:
    """What one activity or series comes to; the number of anybody else's answers 404."""
    return _export(request, _kind(request, kind), int(pk), extension)


def _export(
    request: SignedInRequest, kind: ListKind, number: int | None, extension: str
) -> HttpResponseBase:
    """A short list at once; a long one is asked for by a button and written by a worker."""
    exported = exports.found(kind, request.user, local_now(), number)
    if exported is None:
        raise Http404
    is_whole = number is None and kind.sees_whole(request.user) and kind.names_people
    if is_whole and (asked := confirm_first(request)):
        return asked
    wish = {"list": kind.slug, "number": number, "extension": extension}
    if not kind.names_people:
        return _handed_out(request, kind, wish, exported)
    back = (_("Import and export"), reverse("lists:imports"))

    def hand_out(reason: str) -> HttpResponse:
        rows, by, now = exported[1].count(), request.user, local_now()
        note_export(kind.slug, rows, reason, by=by, now=now)
        return _handed_out(request, kind, wish, exported, reason)

    return ask_why(request, hand_out, title=kind.title, back=back)


def _handed_out(
    request: SignedInRequest,
    kind: ListKind,
    wish: dict[str, Any],
    exported: Exported,
    reason: str = "",
) -> HttpResponse:
    title = f"{kind.title} {wish['number'] or ''} {local_day(local_now())}".replace("  ", " ")
    if not exports.is_long(exported):
        about = {"page": f"list {kind.slug}", "now": local_now(), "reason": reason}
        with watched(by=request.user, **about) as names:
            return _at_once(exported, names, str(kind.title), title, wish["extension"])
    if request.method == "POST":
        return _asked(request, title, wish)
    return render(request, "people/export_long.html", {"kind": kind, "rows": exported[1].count})


def _asked(request: SignedInRequest, title: str, params: dict[str, Any]) -> HttpResponse:
    with refusals.as_message(request):
        job = asking.ask(
            kind=EXPORT, title=title, params=params, by=request.user, language=get_language() or ""
        )
        return redirect("jobs:job", job.pk)
    return redirect("jobs:job_list")


def _at_once(exported: Exported, names: Any, sheet: str, name: str, extension: str) -> HttpResponse:
    file, (columns, rows) = BytesIO(), exported
    with transaction.atomic():  # which holds the database's cursor
        save_list(file, extension, columns, names.noted(rows), sheet=sheet)
    answer = HttpResponse(file.getvalue(), content_type=downloads.TYPES[extension])
    return downloads.as_file(answer, name, extension)


def _kind(request: SignedInRequest, slug: str) -> ListKind:
    """One that is open to the reader; any other answers 404."""
    for kind in _kinds(request):
        if kind.slug == slug:
            return kind
    raise Http404
