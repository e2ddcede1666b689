"""The residents' school on the staff desk: lectures, speakers, surveys."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.composed import Composed, number_of
from diedie_edu.common.days import local_day, moment, weekend_of
from diedie_edu.common.parts import DeskProblems, Figure, Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.volunteering.models import Duty
from residents_school.models import Invitation, Survey
from residents_school.queries import invitations, surveys
from residents_school.queries.lectures import lectures
from residents_school.rules.lectures import PROGRAMME

SOON = timedelta(days=14)


def announced_ever(now: datetime) -> QuerySet[Activity]:
    """Lectures that residents have seen, or see."""
    return Activity.objects.filter(programme__slug=PROGRAMME).exclude(state=Activity.State.DRAFT)


def figures(user: User, now: datetime) -> list[Figure]:
    """How many lectures take place until Sunday."""
    number = _until_sunday(now)
    return [Figure(20, number, ngettext("lecture until Sunday", "lectures until Sunday", number))]


def _until_sunday(now: datetime) -> int:
    today = local_day(now)
    _saturday, sunday = weekend_of(today)
    start, end = moment(today), moment(sunday + timedelta(days=1))
    return TAKING_PLACE.rows(start=start, end=end)[0]


TAKING_PLACE = Composed[int](
    lambda start, end: number_of(
        Occasion.objects.filter(
            activity__programme__slug=PROGRAMME,
            is_called_off=False,
            starts_at__gte=start,
            starts_at__lt=end,
        )
    ),
    start=datetime,
    end=datetime,
)
RUNNING = Composed[Any](
    lambda today: surveys.with_numbers(surveys.running_surveys(today)), today=date
)


def _near(now: datetime, until: datetime) -> QuerySet[Any]:
    return lectures().select_related(None).filter(starts_at__gt=now, starts_at__lte=until)


def _drafts(now: datetime, until: datetime) -> QuerySet[Any]:
    return _near(now, until).filter(state=Activity.State.DRAFT)


def _without_a_speaker(now: datetime, until: datetime) -> QuerySet[Any]:
    speaks = Duty.objects.filter(
        occasion__activity=OuterRef("pk"), work=Duty.Work.SPEAKER, volunteer__isnull=False
    )
    return _near(now, until).filter(~Exists(speaks), state=Activity.State.PUBLISHED)


def _lectures(now: datetime) -> Iterator[Problem]:
    """What is near and not announced, or has nobody who speaks."""
    for lecture in _drafts(now, now + SOON):
        yield _lecture_problem(_("“%s” is not announced yet."), lecture)
    for lecture in _without_a_speaker(now, now + SOON):
        yield _lecture_problem(_("“%s” has no speaker yet."), lecture)


def _lecture_problem(text: str, lecture: Any) -> Problem:
    url = reverse("residents_school:lecture_change", args=[lecture.pk])
    return Problem(20, text % lecture.title, url, _("Open the lecture"))


def _speakers(now: datetime) -> Iterator[Problem]:
    """No answer for days, and dates proposed; each leads to the first lecture concerned."""
    yield from _invitations(
        invitations.unanswered(now, invitations.waited(now)),
        lambda number: ngettext(
            "%(number)d invitation to speak has no answer for days.",
            "%(number)d invitations to speak have no answer for days.",
            number,
        ),
        _("Ask after it"),
    )
    yield from _invitations(
        invitations.other_dates(now),
        lambda number: ngettext(
            "%(number)d speaker proposes another date.",
            "%(number)d speakers propose another date.",
            number,
        ),
        _("See the days"),
    )


def _invitations(
    rows: QuerySet[Invitation], text: Callable[[int], str], action: str
) -> Iterator[Problem]:
    soonest = rows.order_by("lecture__occasions__starts_at", "pk")
    lectures = list(soonest.values_list("lecture", flat=True))
    if lectures:
        url = reverse("residents_school:lecture_speakers", args=[lectures[0]])
        words = text(len(lectures)) % {"number": len(lectures)}
        yield Problem(30, words, url, action)


def survey_figures(user: User, now: datetime) -> list[Figure]:
    """How the surveys go that are running."""
    if not user.may(Permission.PLAN_ACTIVITIES, PROGRAMME):
        return []
    return [
        Figure(
            60,
            survey.answered,
            ngettext("answer until %(day)s", "answers until %(day)s", survey.answered)
            % {"day": date_format(survey.closes_on, "MONTH_DAY_FORMAT")},
            url=reverse("residents_school:survey_results", args=[survey.pk]),
            note=survey.title,
        )
        for survey in RUNNING.rows(today=local_day(now))
    ]


def _surveys(now: datetime) -> Iterator[Problem]:
    """Drafts whose first day has come, those about to end, and those whose results are due."""
    today = local_day(now)
    for survey in surveys.surveys_to_tend(today):
        name, text, action = _what_to_do(survey, today)
        values = {"title": survey.title, "people": survey.answered}
        url = reverse(f"residents_school:{name}", args=[survey.pk])
        yield Problem(60, text % values, url, action)


def _what_to_do(survey: Survey, today: date) -> tuple[str, str, str]:
    """The page to go to, the problem, and what to do there."""
    if not survey.is_published:
        text = _("The survey “%(title)s” is not opened yet.")
        return "survey_change", text, _("Open it")
    if survey.is_over(today):
        text = _("The survey “%(title)s” is over. Enter the last sheets, then publish.")
        return "survey_results", text, _("To the results")
    text = _("The survey “%(title)s” ends soon; %(people)s have answered.")
    return "survey_results", text, _("See the answers")


def _planned(of: Callable[[datetime], Iterator[Problem]], *peeks: Peek) -> DeskProblems:
    """Shown to whoever plans lectures."""
    return DeskProblems(
        lambda user, now: of(now) if user.may(Permission.PLAN_ACTIVITIES, PROGRAMME) else (), peeks
    )


PROBLEMS = (
    _planned(
        _lectures,
        Peek(_drafts, until=lambda now: now + SOON),
        Peek(_without_a_speaker, until=lambda now: now + SOON),
    ),
    _planned(
        _speakers,
        Peek(invitations.unanswered, invited_by=invitations.waited),
        Peek(invitations.other_dates),
    ),
    _planned(_surveys, Peek(surveys.to_tend, soon=lambda now: local_day(now) + surveys.ENDS_SOON)),
)
