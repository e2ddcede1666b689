"""Lists of people in and out: upload, look at what was found, confirm, follow, export."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from diedie_edu.accounts.access import requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.spreadsheets import (
    Column,
    safe_file_name,
    write_csv,
    write_template,
    write_xlsx,
)
from diedie_edu.people import queries
from diedie_edu.people.forms import UploadForm
from diedie_edu.people.imports import jobs
from diedie_edu.people.imports.examples import example_of
from diedie_edu.people.imports.export import exported
from diedie_edu.people.models import ImportJob

PER_PAGE = 20
LOOK_AGAIN_AFTER = 2  # seconds
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

moves_people = requires(Permission.MOVE_PEOPLE)


@moves_people
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.recent_imports(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/imports.html", {"page": page})


@moves_people
def import_new(request: HttpRequest) -> HttpResponse:
    initial = {"kind": request.GET.get("kind", ImportJob.Kind.RESIDENTS)}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        job = jobs.accept_upload(
            kind=form.cleaned_data["kind"],
            file_name=form.cleaned_data["file"].name,
            content=form.cleaned_data["content"],
            language=get_language(),
            by=request.user,
        )
        return redirect("people:import_job", job.pk)
    return render(request, "people/import_new.html", {"form": form})


@moves_people
@require_GET
def import_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Loads itself again while a worker is at it: by a header, for pages run no script."""
    job = get_object_or_404(ImportJob.objects.defer("content"), pk=pk)
    response = render(request, "people/import_job.html", {"job": job})
    if job.is_at_work:
        response.headers["Refresh"] = LOOK_AGAIN_AFTER
    return response


@moves_people
@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A second tap finds the list on its way already, and changes nothing."""
    job = get_object_or_404(ImportJob.objects.defer("content"), pk=pk)
    jobs.confirm_import(job=job)
    return redirect("people:import_job", pk)


@moves_people
@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(ImportJob.objects.defer("content"), pk=pk)
    if jobs.discard_import(job=job, now=local_now()):
        messages.success(request, _("The list is discarded. Nothing was changed."))
        return redirect("people:imports")
    return redirect("people:import_job", pk)


@moves_people
@require_GET
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    columns, _rows = _exported_or_404(kind)
    title = _list_title(kind)
    content = write_template(columns, [example_of(kind)], sheet=title)
    return _download(HttpResponse(content, content_type=XLSX), title, "xlsx")


@moves_people
@require_GET
def export(request: HttpRequest, kind: str, extension: str) -> HttpResponseBase:
    columns, rows = _exported_or_404(kind)
    title = _list_title(kind)
    name = f"{title} {local_day(local_now())}"
    if extension == "csv":
        lines = StreamingHttpResponse(write_csv(columns, rows), content_type=CSV)
        return _download(lines, name, extension)
    content = write_xlsx(columns, rows, sheet=title)
    return _download(HttpResponse(content, content_type=XLSX), name, extension)


def _exported_or_404(kind: str) -> tuple[list[Column], object]:
    if kind not in ImportJob.Kind.values:
        raise Http404
    return exported(kind, local_day(local_now()))


def _list_title(kind: str) -> str:
    return _("Residents") if kind == ImportJob.Kind.RESIDENTS else _("Volunteers")


def _download(response: HttpResponseBase, stem: str, extension: str) -> HttpResponseBase:
    file_name = safe_file_name(stem, extension)
    response["Content-Disposition"] = content_disposition_header(True, file_name)
    return response
