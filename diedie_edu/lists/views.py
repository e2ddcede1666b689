"""Lists in and out: upload, look at what was found, confirm, follow, export.

Everybody at the desk has the page; which lists stand on it, each kind says.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import downloads
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.spreadsheets.writer import write_csv, write_template, write_xlsx
from diedie_edu.lists.actions import jobs
from diedie_edu.lists.forms import UploadForm
from diedie_edu.lists.kinds import Exported, ListKind, kinds_open_to, list_kind
from diedie_edu.lists.models import ImportJob
from diedie_edu.lists.queries import imports_seen_by

PER_PAGE = 20
LOOK_AGAIN_AFTER = 2  # seconds

moves_lists = requires(Permission.OPEN_DESK)


@moves_lists
@require_GET
def imports(request: SignedInRequest) -> HttpResponse:
    kinds = _kinds(request)
    rows = imports_seen_by(request.user, kinds).defer("content", "faults", "preview")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    jobs_and_kinds = [(job, list_kind(job.kind)) for job in page]
    context = {"page": page, "jobs_and_kinds": jobs_and_kinds, "kinds": kinds}
    return render(request, "people/imports.html", context)


@moves_lists
def import_new(request: SignedInRequest) -> HttpResponse:
    kinds = _kinds(request)
    initial = {"kind": request.GET.get("kind", "")}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        job = jobs.accept_upload(
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
@require_GET
def import_job(request: SignedInRequest, pk: int) -> HttpResponse:
    """Loads itself again while a worker is at it: by a header, for pages run no script."""
    job = _job(request, pk)
    context = {"job": job, "kind": list_kind(job.kind)}
    response = render(request, "people/import_job.html", context)
    if job.is_at_work:
        response.headers["Refresh"] = LOOK_AGAIN_AFTER
    return response


@moves_lists
@require_POST
def import_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """A second tap finds the list on its way already, and changes nothing."""
    job = _job(request, pk)
    jobs.confirm_import(job=job)
    return redirect("lists:import_job", pk)


@moves_lists
@require_POST
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    if jobs.discard_import(job=job, now=local_now()):
        messages.success(request, _("The list is discarded. Nothing was changed."))
        return redirect("lists:imports")
    return redirect("lists:import_job", pk)


@moves_lists
@require_GET
def import_template(request: SignedInRequest, kind: str) -> HttpResponse:
    chosen, today = _kind(request, kind), local_day(local_now())
    title = str(chosen.title)
    content = write_template(chosen.columns(today), sheet=title)
    return downloads.workbook(content, title)


@moves_lists
@require_GET
def export(request: SignedInRequest, kind: str, extension: str) -> HttpResponseBase:
    chosen, today = _kind(request, kind), local_day(local_now())
    exported = chosen.exported(request.user, today)
    return _list(exported, str(chosen.title), f"{chosen.title} {today}", extension)


@moves_lists
@require_GET
def export_of(request: SignedInRequest, kind: str, pk: str, extension: str) -> HttpResponseBase:
    """What one activity or series comes to; the number of anybody else's answers 404."""
    chosen, today = _kind(request, kind), local_day(local_now())
    exported = chosen.exported_of(request.user, today, int(pk))
    if exported is None:
        raise Http404
    return _list(exported, str(chosen.title), f"{chosen.title} {pk} {today}", extension)


def _list(exported: Exported, title: str, name: str, extension: str) -> HttpResponseBase:
    columns, rows = exported
    if extension == "csv":
        lines = StreamingHttpResponse(write_csv(columns, rows), content_type=downloads.CSV)
        return downloads.as_file(lines, name, extension)
    return downloads.workbook(write_xlsx(columns, rows, sheet=title), name)


def _kind(request: SignedInRequest, slug: str) -> ListKind:
    """One that is open to the reader; any other answers 404."""
    for kind in _kinds(request):
        if kind.slug == slug:
            return kind
    raise Http404
