"""Surveys on the staff desk: how they go, and which of them need a person."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.portal.queries import desk_parts
from residents_school.models import Survey
from residents_school.queries import surveys
from residents_school.rules import lectures


def survey_figures(now: datetime, user: User) -> list[desk_parts.Figure]:
    """How the surveys go that are running."""
    if not user.may(Permission.PLAN_ACTIVITIES, lectures.PROGRAMME):
        return []
    return [
        desk_parts.Figure(
            survey.answered,
            _("answers until %(day)s") % {"day": date_format(survey.closes_on, "MONTH_DAY_FORMAT")},
            url=reverse("residents_school:survey_results", args=[survey.pk]),
            note=survey.title,
        )
        for survey in surveys.with_numbers(surveys.running_surveys(local_day(now)))
    ]


def survey_problems(now: datetime, user: User) -> Iterator[desk_parts.Problem]:
    """Drafts whose first day has come, those about to end, and those whose results are due."""
    if not user.may(Permission.PLAN_ACTIVITIES, lectures.PROGRAMME):
        return
    today = local_day(now)
    for survey in surveys.surveys_to_tend(today):
        name, text, action = _what_to_do(survey, today)
        values = {"title": survey.title, "people": survey.answered}
        url = reverse(f"residents_school:{name}", args=[survey.pk])
        yield desk_parts.Problem(text % values, url, action)


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
