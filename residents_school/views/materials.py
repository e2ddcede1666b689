"""Files that go with a lecture: staff and its speakers bring them, everybody reads them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from residents_school.actions.materials import add_material, remove_material
from residents_school.forms.materials import MaterialForm
from residents_school.models import Lecture, Material
from residents_school.queries import lectures
from residents_school.queries.materials import lectures_spoken_by, materials_of
from residents_school.views.staff import plans


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
    found = get_own_or_404(
        request, Material.objects.select_related("file"), pk=material, lecture=pk
    )
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
