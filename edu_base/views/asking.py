"""How studies and work go: answered by a link, or noted by staff on the telephone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.accounts.models import User
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.links import numbers_in
from diedie_edu.common.sent import sent_number
from diedie_edu.people.models import Resident
from edu_base.actions.asking import Said, answer
from edu_base.forms.asking import GraduateForm
from edu_base.models import StudyQuestion
from edu_base.queries import asking as queries
from edu_base.views.doors import keeps

PURPOSE = "study_question"
Answer = StudyQuestion.Answer
BUTTONS = [
    (Answer.STUDYING, "academic-cap"),
    (Answer.PAUSED, "pause-circle"),
    (Answer.LEFT, "arrow-right-start-on-rectangle"),
    (Answer.GRADUATED, "trophy"),
]


@public
def study_question(request: HttpRequest, token: str) -> HttpResponse:
    """Four buttons, without signing in; looking changes nothing."""
    found = queries.behind(numbers_in(token, PURPOSE), local_day(local_now()))
    if found is None:
        raise Http404
    question, own = found
    done = redirect("edu_base:study_question", token)
    page = Page("edu_base/study_question.html", done, own=own)
    return _answered(request, question, page)


@keeps
def note_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same buttons for whoever rings; it is written down who noted it."""
    done = redirect("edu_base:students_asked")
    question = get_object_or_404(queries.questions(), pk=pk)
    if not queries.to_ring(queries.asked_until(local_now())).filter(pk=pk).exists():
        messages.info(request, _("Nobody need ring any more: this has been answered."))
        return done
    page = Page("edu_base/note_answer.html", done, by=request.user)
    return _answered(request, question, page)


@dataclass(frozen=True)
class Page:
    """Where it is answered, where one is led then, and who answers (`actions.asking.answer`)."""

    template: str
    done: HttpResponse
    by: User | None = None
    own: Resident | None = None


def _answered(request: HttpRequest, question: StudyQuestion, page: Page) -> HttpResponse:
    """One tap, but for graduates, who are asked two things more."""
    wanted = request.POST.get("answer", request.GET.get("answer", ""))
    form = _graduate_form(request, question) if wanted == Answer.GRADUATED else None
    said = _said(request, wanted, form)
    if said is not None:
        with refusals.in_form(form) if form else refusals.as_message(request):
            answer(question=question, said=said, by=page.by, own=page.own, now=local_now())
            messages.success(request, _("Thank you! Noted."))
            return page.done
        if form is None:
            return page.done
    context = {
        "question": question,
        "person": question.application.person,
        "buttons": [(each.value, each.label, icon) for each, icon in BUTTONS],
        "form": form,
        "numbers": queries.numbers_to_ring(question) if page.by else (),
    }
    return render(request, page.template, context)


def _graduate_form(request: HttpRequest, question: StudyQuestion) -> GraduateForm:
    day: date = question.graduated_on or local_day(local_now())
    initial: dict[str, Any] = {"graduated_on": day, "work": question.work}
    is_sent = request.method == "POST"
    return GraduateForm(request.POST if is_sent else None, initial=initial)


def _said(request: HttpRequest, wanted: str, form: GraduateForm | None) -> Said | None:
    if request.method != "POST" or wanted not in Answer.values:
        return None
    if form is None:
        return Said(answer=wanted)
    return form.said() if form.is_valid() else None


@keeps
@require_safe
def students_asked(request: SignedInRequest) -> HttpResponse:
    """n of N answered, and whom to ring."""
    years = queries.years_asked()
    asked = sent_number(request.GET.get("year", ""))
    year = asked if asked in years else next(iter(years), None)
    context = {
        "years": years,
        "year": year,
        "rows": queries.AskedInYear(year).rows if year else [],
        "to_ring": queries.to_ring(queries.asked_until(local_now())),
    }
    return render(request, "edu_base/students_asked.html", context)
