"""Saying what one thinks, behind a link that needs no sign-in; and reading it as staff."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public, scopes
from diedie_edu.activities.models import Attendance
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.errors import refusal_of
from diedie_edu.common.links import numbers_in
from diedie_edu.door.actions.feedback import give_feedback
from diedie_edu.door.forms.feedback import FeedbackForm, WordsForm
from diedie_edu.door.models import Feedback
from diedie_edu.door.queries.feedback import (
    attendance_to_judge,
    feedback_sums,
    feedback_words,
    speakers,
    speakers_sums,
)
from diedie_edu.door.rules.feedback import check_can_say
from diedie_edu.door.views.door import keeps_register, occasion_to_keep

PURPOSE = "feedback"
SPEAKERS_PER_PAGE = 20
ICONS = {
    "use": ("face-frown", "hand-thumb-up", "face-smile"),
    "level": ("arrow-down", "check", "arrow-up"),
    "again": ("face-smile", "question-mark-circle", "face-frown"),
}


@dataclass(frozen=True)
class Question:
    """One question with its answers (key, words, icon), and what was answered."""

    name: str
    words: str
    answers: list[tuple[str, str, str]]
    said: str


@public
@in_one_transaction
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Three taps: each button sends one answer, and the page goes on to the next question."""
    attendance = _attendance(token)
    sent = request.POST if "words" in request.POST else None
    form = WordsForm(sent, attendance=attendance, by=request.user)
    if request.method == "POST" and (sent is None or form.is_valid()):
        return _answer(request, attendance, token, form)
    said = getattr(attendance, "feedback", None) or Feedback()
    questions = _questions(said)
    context = {
        "occasion": attendance.occasion,
        "questions": questions,
        "is_whole": all(question.said for question in questions),
        "form": form,
        "refusal": refusal_of(check_can_say, attendance.occasion, local_now()),
    }
    return render(request, "activities/feedback.html", context)


def _attendance(token: str) -> Attendance:
    """Raises `Http404` for a link that is none, and where the entry was taken back."""
    named = numbers_in(token, PURPOSE)
    found = attendance_to_judge(named[0]) if named and len(named) == 1 else None
    if found is None:
        raise Http404
    return found


def _answer(
    request: HttpRequest, attendance: Attendance, token: str, form: WordsForm
) -> HttpResponse:
    here = reverse("door:feedback", args=[token])
    answers = form.cleaned_data if form.is_bound else _taps(request)
    if not answers:
        return redirect(here)
    with refusals.as_message(request):
        said = give_feedback(attendance=attendance, now=local_now(), **answers)
        if form.is_bound:
            messages.success(request, _("Thank you, we read every word."))
        missing = [name for name in ICONS if not getattr(said, name)]
        return redirect(f"{here}#{missing[0] if missing else 'thanks'}")
    return redirect(here)


def _taps(request: HttpRequest) -> dict[str, str]:
    form = FeedbackForm(request.POST)
    return form.said() if form.is_valid() else {}


def _questions(said: Feedback) -> list[Question]:
    asked = (
        ("use", _("Was it of use to you?")),
        ("level", _("How was the level?")),
        ("again", _("Would you come again?")),
    )
    return [Question(name, words, _answers(name), getattr(said, name)) for name, words in asked]


def _answers(name: str) -> list[tuple[str, str, str]]:
    choices = Feedback._meta.get_field(name).choices or []  # type: ignore[union-attr]
    return [
        (key, str(words), icon) for (key, words), icon in zip(choices, ICONS[name], strict=True)
    ]


@keeps_register
@require_safe
def feedback_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was said of one occasion: sums of five answers or more, and the words."""
    occasion = occasion_to_keep(request, pk)
    context = {
        "occasion": occasion,
        "sums": feedback_sums(pk),
        "words": feedback_words(pk),
    }
    return render(request, "activities/feedback_of.html", context)


@keeps_register
@require_safe
def feedback_of_speakers(request: SignedInRequest) -> HttpResponse:
    now = local_now()
    them = speakers(scopes(request), now)
    page = Paginator(them, SPEAKERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "speakers": speakers_sums(scopes(request), page.object_list, now)}
    return render(request, "activities/feedback_of_speakers.html", context)
