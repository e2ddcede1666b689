"""What residents want to learn: wishes all year round, surveys, and what these found."""

import secrets
from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from diedie_edu.accounts.access import public, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.throttling import client_ip
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.next_page import next_page
from diedie_edu.people.models import Resident, Topic
from diedie_edu.people.queries import family_of
from diedie_edu.people.rules import is_child
from residents_school import queries, rules
from residents_school.actions import (
    answer_as_resident,
    answer_key,
    answer_without_name,
    make_wish,
    take_back_wish,
)
from residents_school.forms import AnswerForm
from residents_school.models import Answer, Survey

COOKIE = "needs"
YEAR = 365 * 24 * 3600
VIEWS = (
    ("", gettext_lazy("Everybody")),
    ("age", gettext_lazy("By age")),
    ("form", gettext_lazy("By form of teaching")),
)
signer = Signer(salt="residents_school.browser")


@public
@require_GET
def topic_list(request: HttpRequest) -> HttpResponse:
    now = local_now()
    context = {
        "areas": queries.topics_by_area(_oneself(request), now),
        "surveys": queries.running_surveys(local_day(now)),
        "found": queries.surveys_with_results(),
        "few": rules.SMALL,
    }
    return render(request, "residents_school/needs.html", context)


@requires(Permission.TAKE_SEATS)
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """A GET comes from signing in on the way: on to the list with the button."""
    topic = get_object_or_404(Topic, pk=pk, is_offered=True)
    if request.method == "POST":
        if make_wish(resident=_own_resident(request), topic=topic, now=local_now()):
            text = _("Noted: %(topic)s. We tell you when there is a lecture on it.")
        else:
            text = _("%(topic)s is noted already. We tell you when there is a lecture on it.")
        messages.success(request, text % {"topic": topic})
    return redirect(next_page(request, _place_of(topic)))


@requires(Permission.TAKE_SEATS)
def wish_back(request: HttpRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic, pk=pk)
    if request.method == "POST":
        take_back_wish(resident=_own_resident(request), topic=topic)
        messages.success(request, _("Taken back: %(topic)s.") % {"topic": topic})
    return redirect(next_page(request, _place_of(topic)))


def _place_of(topic: Topic) -> str:
    return f"{reverse('residents_school:needs')}#topic-{topic.pk}"


def _oneself(request: HttpRequest) -> Resident | None:
    if not request.user.is_authenticated:
        return None
    return next(iter(family_of(request.user)), None)


def _own_resident(request: HttpRequest) -> Resident:
    resident = _oneself(request)
    if resident is None:
        raise Http404
    return resident


@public
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One page to answer on; afterwards it shows what was said, until the last day."""
    found = get_object_or_404(queries.published_surveys(), pk=pk)
    family = _family(request)
    resident = _who_answers(request, family)
    browser = _browser(request)
    said = queries.answer_of(found, resident, answer_key(found, browser))
    form = _form(request, found, resident, said)
    if request.method == "POST" and form.is_valid():
        try:
            _take_in(request, found, resident, browser, form)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Thank you! Your answer has arrived."))
            who = f"?resident={resident.pk}" if resident else ""
            return _remember(redirect(request.path + who), browser)
    context = {
        "survey": found,
        "form": form,
        "said": said,
        "is_running": found.is_running(local_day(local_now())),
        "is_changing": form.is_bound or "change" in request.GET,
        "family": _tabs(family, resident),
        "browser": signer.sign(browser),
    }
    return _remember(render(request, "residents_school/survey.html", context), browser)


def _family(request: HttpRequest) -> list[Resident]:
    """Whom somebody signed in can answer for: not for children, who are not asked here."""
    if not request.user.is_authenticated:
        return []
    today = local_day(local_now())
    return [one for one in family_of(request.user) if not is_child(one.birth_date, today)]


def _who_answers(request: HttpRequest, family: list[Resident]) -> Resident | None:
    """The family member named in the address, oneself where none is."""
    wanted = request.GET.get("resident")
    if wanted is None:
        return next(iter(family), None)
    for member in family:
        if str(member.pk) == wanted:
            return member
    raise Http404


def _tabs(family: list[Resident], resident: Resident | None) -> list[dict[str, object]]:
    if len(family) < 2:
        return []
    return [
        {
            "label": member.full_name,
            "url": f"?resident={member.pk}",
            "current": member == resident,
        }
        for member in family
    ]


def _form(
    request: HttpRequest, found: Survey, resident: Resident | None, said: Answer | None
) -> AnswerForm:
    birth_date = resident.birth_date if resident else None
    band = rules.age_band_of(birth_date, local_day(local_now()))
    form = AnswerForm(request.POST or None, survey=found, answer=said, age_band=band)
    if resident is None:
        del form.fields["wants_news"]
    return form


def _take_in(
    request: HttpRequest,
    found: Survey,
    resident: Resident | None,
    browser: str,
    form: AnswerForm,
) -> None:
    if resident is None:
        answer_without_name(
            survey=found,
            browser=browser,
            address=client_ip(request),
            sheet=form.sheet(),
            now=local_now(),
        )
    else:
        answer_as_resident(
            survey=found,
            resident=resident,
            sheet=form.sheet(),
            wants_news=form.cleaned_data["wants_news"],
            now=local_now(),
        )


def _browser(request: HttpRequest) -> str:
    """The browser's own number: of its cookie, else of the form it sends, else a new one.

    Signed, so that nobody can take a number out of the air and answer in another's place.
    """
    for signed in (request.COOKIES.get(COOKIE, ""), request.POST.get("browser", "")):
        with suppress(BadSignature):
            return signer.unsign(signed)
    return secrets.token_urlsafe(16)


def _remember(response: HttpResponse, browser: str) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        signer.sign(browser),
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SECURE,
        httponly=True,
    )
    return response


@public
@require_GET
def survey_results(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody once they are published; staff may look before."""
    found = get_object_or_404(queries.published_surveys(), pk=pk)
    user = request.user
    may_plan = user.is_authenticated and user.may(Permission.PLAN_ACTIVITIES, rules.PROGRAMME)
    shows = found.has_results or may_plan
    by = request.GET.get("by", "")
    context = {
        "survey": found,
        "results": queries.Results(found) if shows else None,
        "number": found.answers.count(),
        "is_preview": not found.has_results,
        "is_over": found.is_over(local_day(local_now())),
        "by": by,
        "tabs": [
            {"label": label, "url": f"?by={key}", "current": key == by} for key, label in VIEWS
        ],
    }
    return render(request, "residents_school/survey_results.html", context)
