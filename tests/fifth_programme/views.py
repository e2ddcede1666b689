from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from diedie_edu.accounts.access import public, requires
from diedie_edu.accounts.permissions import Permission
from tests.fifth_programme.models import Gardening


@public
def garden(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the garden")


@public
def gardening(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(get_object_or_404(Gardening, pk=pk).title)


@requires(Permission.PLAN_ACTIVITIES, "community-garden")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(get_object_or_404(Gardening, pk=pk).crop)
