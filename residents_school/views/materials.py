"""Files that go with a lecture: staff and its speakers bring them, everybody reads them."""

from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404, public, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.documents import DocumentKind
from residents_school.actions.materials import add_material, remove_material
from residents_school.forms.materials import MaterialForm
from residents_school.models import Lecture, Material
from residents_school.queries import lectures
from residents_school.queries.materials import lectures_spoken_by, materials_of, may_see_materials
from residents_school.views.staff import plans

# Nothing a file brings may run or load. A browser's own reader of PDFs does not open in a
# sandbox, and a PDF has no origin to get at; so that word is for pictures.
NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'"


@public
@require_GET
def material(request: HttpRequest, pk: int, material: int) -> FileResponse:
    """The file itself, as what it is and nothing else."""
    found = get_object_or_404(Material.objects.select_related("lecture"), pk=material, lecture=pk)
    if not may_see_materials(request.user, found.lecture):  # type: ignore[arg-type]
        raise Http404
    try:
        opened = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = DocumentKind(found.kind)
    response = FileResponse(opened, content_type=kind.content_type)
    response["Content-Disposition"] = (
        f"inline; filename=\"material.{kind}\"; filename*=UTF-8''{quote(found.file_name, safe='')}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS + ("; sandbox" if kind.is_picture else "")
    response["Cache-Control"] = "private, max-age=600"
    return response


@plans
def material_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Staff bring files and take them away."""
    lecture = get_own_or_404(request, lectures.lectures(), pk=pk)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            _add(request, lecture, form)
            return redirect("residents_school:material_list", pk)
    context = {"lecture": lecture, "form": form, "materials": materials_of(lecture)}
    return render(request, "residents_school/material_list.html", context)


@plans
@require_POST
def material_remove(request: SignedInRequest, pk: int, material: int) -> HttpResponse:
    found = get_own_or_404(request, Material.objects, pk=material, lecture=pk)
    remove_material(material=found, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("residents_school:material_list", pk)


@signed_in
def own_lecture(request: SignedInRequest, pk: int) -> HttpResponse:
    """A speaker's own page of a lecture, a draft too; others find nothing here."""
    duty = get_object_or_404(lectures_spoken_by(request.user), occasion__activity=pk)
    lecture = get_object_or_404(lectures.lectures(), pk=pk)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            _add(request, lecture, form)
            return redirect("residents_school:own_lecture", pk)
    context = {
        "lecture": lecture,
        "duty": duty,
        "form": form,
        "materials": materials_of(lecture),
    }
    return render(request, "residents_school/own_lecture.html", context)


def _add(request: SignedInRequest, lecture: Lecture, form: MaterialForm) -> None:
    upload = form.cleaned_data["file"]
    add_material(
        lecture=lecture,
        data=upload.read(),
        file_name=upload.name,
        title=form.cleaned_data["title"],
        by=request.user,
        now=local_now(),
    )
    messages.success(request, _("The file is with the lecture now."))
