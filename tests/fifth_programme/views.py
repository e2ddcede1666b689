from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from diedie_edu.accounts.access import public, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.edit_forms import EditModelForm, in_one_transaction
from tests.fifth_programme.models import Gardening


class GardeningForm(EditModelForm):
    class Meta:
        model = Gardening
        fields = ["title", "crop"]


@public
def garden(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the garden")


@public
def gardening(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(get_object_or_404(Gardening, pk=pk).title)


@requires(Permission.PLAN_ACTIVITIES, "community-garden")
@in_one_transaction
def change(request: HttpRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(Gardening, pk=pk)
    form = GardeningForm(request.POST or None, instance=course, by=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("fifth_programme:change", pk)
    return render(request, "changed.html", {"form": form, "title": course.title, "back": "/desk/"})
