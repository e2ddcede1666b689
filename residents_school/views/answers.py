"""Answering a survey on the phone, with or without a name, and looking at what it found."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_of
from diedie_edu.people.rules import ages, residents
from residents_school.actions import answers
from residents_school.forms.answers import AnswerForm
from residents_school.models import Answer, Survey
from residents_school.queries import results, surveys
from residents_school.rules import lectures

COOKIE = "needs"
YEAR = 365 * 24 * 3600
VIEWS = (
    ("", gettext_lazy("Everybody")),
    ("age", gettext_lazy("By age")),
    ("form", gettext_lazy("By form of teaching")),
)
signer = Signer(salt="residents_school.browser")


@dataclass(frozen=True)
class Respondent:
    """Who answers: one of the reader's family, or a browser that is known by its number alone."""

    family: list[Resident]
    resident: Resident | None
    browser: str

    @property
    def tabs(self) -> list[dict[str, object]]:
        """The choice of the one to answer for, where there is a choice."""
        if len(self.family) < 2:
            return []
        return [
            {"label": one.full_name, "url": f"?resident={one.pk}", "current": one == self.resident}
            for one in self.family
        ]

    @property
    def query(self) -> str:
        return f"?resident={self.resident.pk}" if self.resident else ""

    def remembered(self, response: HttpResponse) -> HttpResponse:
        """Only a browser that answers without a name is given its number to keep."""
        if self.resident is None:
            response.set_cookie(
                COOKIE,
                signer.sign(self.browser),
                max_age=YEAR,
                samesite="Lax",
                secure=settings.SECURE,
                httponly=True,
            )
        return response


@public
@in_one_transaction
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One page to answer on; afterwards it shows what was said, until the last day."""
    found = get_object_or_404(surveys.published_surveys(), pk=pk)
    who = _respondent(request)
    said = surveys.answer_of(found, who.resident, answers.answer_key(found, who.browser))
    form = _form(request, found, who, said)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            _answer(request, found, who, form)
            messages.success(request, _("Thank you! Your answer has arrived."))
            return who.remembered(redirect(request.path + who.query))
    context = {
        "survey": found,
        "form": form,
        "said": said,
        "is_running": found.is_running(local_day(local_now())),
        "is_changing": form.is_bound or "change" in request.GET,
        "family": who.tabs,
        "browser": signer.sign(who.browser),
    }
    return who.remembered(render(request, "residents_school/survey.html", context))


def _respondent(request: HttpRequest) -> Respondent:
    family = _family(request)
    return Respondent(family, _chosen(request, family), _browser(request))


def _family(request: HttpRequest) -> list[Resident]:
    """Whom somebody signed in can answer for: not for children, who are not asked here."""
    if not request.user.is_authenticated:
        return []
    today = local_day(local_now())
    return [one for one in family_of(request.user) if not residents.is_child(one.birth_date, today)]


def _chosen(request: HttpRequest, family: list[Resident]) -> Resident | None:
    """The family member named in the address, oneself where none is."""
    wanted = request.GET.get("resident")
    if wanted is None:
        return next(iter(family), None)
    for member in family:
        if str(member.pk) == wanted:
            return member
    raise Http404


def _browser(request: HttpRequest) -> str:
    """The browser's own number: of its cookie, else of the form it sends, else a new one.

    Signed, so that nobody can take a number out of the air and answer in another's place.
    """
    for signed in (request.COOKIES.get(COOKIE, ""), request.POST.get("browser", "")):
        with suppress(BadSignature):
            return signer.unsign(signed)
    return secrets.token_urlsafe(16)


def _form(request: HttpRequest, found: Survey, who: Respondent, said: Answer | None) -> AnswerForm:
    birth_date = who.resident.birth_date if who.resident else None
    band = ages.age_band_of(birth_date, local_day(local_now()))
    form = AnswerForm(
        request.POST or None, survey=found, answer=said, age_band=band, by=request.user
    )
    if who.resident is None:
        del form.fields["wants_news"]
    return form


def _answer(request: HttpRequest, found: Survey, who: Respondent, form: AnswerForm) -> None:
    said: dict[str, Any] = {"survey": found, "sheet": form.sheet(), "now": local_now()}
    if who.resident is None:
        answers.answer_without_name(browser=who.browser, address=network_of(request), **said)
    else:
        wants_news = form.cleaned_data["wants_news"]
        answers.answer_as_resident(resident=who.resident, wants_news=wants_news, **said)


@public
@require_safe
def survey_results(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody once they are published; staff may look before."""
    found = get_object_or_404(surveys.published_surveys(), pk=pk)
    user = request.user
    may_plan = user.is_authenticated and user.may(Permission.PLAN_ACTIVITIES, lectures.PROGRAMME)
    shows = found.has_results or may_plan
    by = request.GET.get("by", "")
    context = {
        "survey": found,
        "results": results.Results(found) if shows else None,
        "number": surveys.that_count(found.answers.all()).count(),
        "bursts": surveys.bursts_of(found) if may_plan else [],
        "is_preview": not found.has_results,
        "is_over": found.is_over(local_day(local_now())),
        "by": by,
        "tabs": [
            {"label": label, "url": f"?by={key}", "current": key == by} for key, label in VIEWS
        ],
    }
    return render(request, "residents_school/survey_results.html", context)
