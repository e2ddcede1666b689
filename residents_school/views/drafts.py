"""Drafts are put away and restored; an announcement and a calling off are taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.activities.actions import drafts
from diedie_edu.activities.views import calling_off
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from residents_school.actions import surveys
from residents_school.actions.drafts import take_back_announcement
from residents_school.models import Lecture, Survey
from residents_school.views.staff import plans

LECTURES, SURVEYS = "residents_school:staff_lecture_list", "residents_school:survey_list"
Act = Callable[[SignedInRequest, Lecture], str]


def _door(act: Act) -> Callable[..., HttpResponse]:
    @plans
    @require_POST
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        lecture = get_own_or_404(request, Lecture.objects, pk=pk)
        with refusals.as_message(request):
            messages.success(request, act(request, lecture))
        return redirect(LECTURES)

    return view  # type: ignore[return-value]


@_door
def lecture_delete(request: SignedInRequest, lecture: Lecture) -> str:
    drafts.delete_draft(activity=lecture, by=request.user, now=local_now())
    return _("The draft is put away; you find it under “Put away”.")


@_door
def lecture_restore(request: SignedInRequest, lecture: Lecture) -> str:
    drafts.restore_draft(activity=lecture, by=request.user, now=local_now())
    return _("The draft stands again.")


@_door
def announcement_back(request: SignedInRequest, lecture: Lecture) -> str:
    take_back_announcement(lecture=lecture, by=request.user, now=local_now())
    return _("A draft again: residents see nothing of it, and no message goes out.")


@plans
@require_POST
def lecture_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    lecture = get_own_or_404(request, Lecture.objects.filter(is_dropped=False), pk=pk)
    return calling_off.hold_after_all(request, lecture, LECTURES)


@plans
@require_POST
def survey_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    survey = get_own_or_404(request, Survey.objects, pk=pk)
    with refusals.as_message(request):
        surveys.delete_draft(survey=survey, by=request.user, now=local_now())
        messages.success(request, _("The draft is put away; you find it under “Put away”."))
    return redirect(SURVEYS)


@plans
@require_POST
def survey_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    surveys.restore_draft(survey=get_own_or_404(request, Survey.objects, pk=pk), by=request.user)
    messages.success(request, _("The draft stands again."))
    return redirect(SURVEYS)
