"""What the one person who runs the weekend does."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.queries import sign_ups
from diedie_edu.activities.rules.working import UNDO
from diedie_edu.activities.views.calling_off import call_off
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import sent_number
from diedie_edu.notices.actions import hold_back
from diedie_edu.venues.queries.special_days import calendar
from residents_school.actions.drafts import correct_lecture
from residents_school.actions.lectures import announce_lecture, change_lecture, plan_lecture
from residents_school.forms import copies
from residents_school.forms.copies import CorrectionForm
from residents_school.forms.lectures import LectureForm
from residents_school.forms.proposals import Proposal
from residents_school.models import Lecture
from residents_school.queries.lectures import lectures, planned_lectures, speaker_names
from residents_school.rules.lectures import PROGRAMME

PER_PAGE = 30
BLANK_LINES = 6

plans = requires(Permission.PLAN_ACTIVITIES, PROGRAMME)
keeps_register = requires(Permission.KEEP_REGISTER, PROGRAMME)


@plans
@require_safe
def staff_lecture_list(request: HttpRequest) -> HttpResponse:
    when, now = request.GET.get("when"), local_now()
    found = planned_lectures().filter(is_dropped=when == "deleted")
    if when == "past":
        found = found.filter(ends_at__lte=now).order_by("-starts_at", "-pk")
    elif when == "deleted":
        found = found.order_by("-starts_at", "-pk")
    else:
        found = found.filter(ends_at__gt=now).order_by("starts_at", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "shows_past": when == "past", "shows_deleted": when == "deleted"}
    return render(request, "residents_school/staff_lecture_list.html", context)


@plans
def lecture_create(request: SignedInRequest) -> HttpResponse:
    """The planning board fills it in by the address; without a speaker one is invited next."""
    now = local_now()
    initial = _copied(request) or Proposal(request.GET).filled_in(calendar(), now)
    form = LectureForm(request.POST or None, now=now, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            lecture = plan_lecture(plan=form.plan(), by=request.user, now=form.now)
            response = _after_saving(request, lecture)
            asks = not form.cleaned_data["speakers"]
            return redirect("residents_school:lecture_speakers", lecture.pk) if asks else response
    return render(request, "residents_school/lecture_form.html", {"form": form})


def _copied(request: SignedInRequest) -> dict[str, Any]:
    """What a copy of the lecture named by `copy` begins with; empty where none is."""
    found = lectures().filter(pk=sent_number(request.GET.get("copy", ""))).first()
    return copies.of_lecture(found) if found else {}


@plans
@in_one_transaction
def lecture_change(request: SignedInRequest, pk: int) -> HttpResponse:
    lecture = get_own_or_404(request, lectures(), pk=pk)
    if lecture.is_called_off or lecture.starts_at <= local_now():
        return _correct(request, lecture)
    form = LectureForm(request.POST or None, instance=lecture, by=request.user, now=local_now())
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            change_lecture(lecture=lecture, plan=form.plan(), by=request.user, now=form.now)
            return _after_saving(request, lecture)
    context = {"form": form, "lecture": lecture}
    return render(request, "residents_school/lecture_form.html", context)


def _correct(request: SignedInRequest, lecture: Lecture) -> HttpResponse:
    """Of what has begun or is over the words alone; of what is called off nothing, but it may be
    held after all."""
    form = CorrectionForm(request.POST or None, instance=lecture, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            words = {name: form.cleaned_data[name] for name in CorrectionForm.Meta.fields}
            correct_lecture(lecture=lecture, by=request.user, **words)
            messages.success(request, _("Saved."))
            return redirect("residents_school:staff_lecture_list")
    is_over = lecture.occasion.ends_at <= local_now()
    context = {"form": form, "lecture": lecture, "is_over": is_over}
    return render(request, "residents_school/lecture_correct.html", context)


def _after_saving(request: SignedInRequest, lecture: Lecture) -> HttpResponse:
    if "announce" in request.POST:
        _announce(request, lecture)
    else:
        messages.success(request, _("Saved."))
    return redirect("residents_school:staff_lecture_list")


@plans
def lecture_call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    lecture = get_own_or_404(request, lectures(), pk=pk)
    return call_off(request, lecture, lecture.occasion, "residents_school:staff_lecture_list")


@keeps_register
@require_safe
def sign_in_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody with a seat, by pinyin, and blank lines for those who walk in."""
    lecture = get_own_or_404(request, lectures(), pk=pk)
    context = {
        "lecture": lecture,
        "speakers": speaker_names(lecture),
        "sign_ups": sign_ups.seated(pk),
        "blank_lines": range(BLANK_LINES),
    }
    return render(request, "residents_school/sign_in_sheet.html", context)


@plans
@require_POST
def lecture_announce(request: SignedInRequest, pk: int) -> HttpResponse:
    lecture = get_own_or_404(request, Lecture.objects, pk=pk)
    _announce(request, lecture)
    return redirect("residents_school:staff_lecture_list")


def _announce(request: SignedInRequest, lecture: Lecture) -> None:
    """Its messages wait until a slip of the finger cannot be undone any more."""
    now = local_now()
    with refusals.as_message(request), transaction.atomic():
        announce_lecture(lecture=lecture, by=request.user, now=now)
        hold_back(subject=ACTIVITY.of(lecture.pk), said_at=now, until=now + UNDO)
        messages.success(request, _("Announced: residents can see the lecture and take seats."))
