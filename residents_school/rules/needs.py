"""Who may answer a survey and when."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import day_text
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident
from diedie_edu.people.rules import residents
from residents_school.models import Survey

NO_TOPIC = _("Please tick at least one topic, or write one of your own.")


def check_can_answer(survey: Survey, today: date) -> None:
    """Plan 三(一)1: residents are asked; from the first day of a survey to its last."""
    if not survey.is_published or today < survey.opens_on:
        raise Refused("not_open_yet", _("This survey has not begun yet. Please come back later."))
    if today > survey.closes_on:
        raise Refused("over", _("This survey is over. Thank you to everybody who took part."))


def check_sheet_can_be_entered(survey: Survey, today: date) -> None:
    """House rule: sheets of paper may come in late, but not behind published results."""
    if not survey.is_published or today < survey.opens_on:
        raise Refused("not_open_yet", _("This survey has not begun yet."))
    if survey.has_results:
        raise Refused("results_out", _("The results are published; nothing can be added to them."))


def check_says_something(topics: int, other_topic: str) -> None:
    """House rule: an answer names at least one topic, listed or typed."""
    if not topics and not other_topic:
        raise Refused("no_topic", NO_TOPIC, "topics")


def check_may_answer(resident: Resident, today: date) -> None:
    """PIPL art. 31: nothing is stored of a child under 14 without a guardian's own consent."""
    if residents.is_child(resident.birth_date, today):
        raise Refused("child", _("Children under 14 are not asked here. Please ask the staff."))


def check_period(opens_on: date, closes_on: date, today: date) -> None:
    """House rule: a survey ends after it begins, and not before today."""
    if closes_on < opens_on:
        raise Refused(
            "closes_early", _("The last day must not come before the first."), "closes_on"
        )
    if closes_on < today:
        raise Refused("past", _("The last day must not lie in the past."), "closes_on")


def check_topics_stay(named_and_gone: list[str]) -> None:
    """House rule: a topic that somebody has named stays in the survey."""
    if named_and_gone:
        raise Refused(
            "topic_named",
            _("Somebody has chosen these topics already, so they must stay: %s")
            % "、".join(named_and_gone),
            "topics",
        )


def check_can_change(survey: Survey) -> None:
    """House rule: what is published as a result is not changed behind people's backs."""
    if survey.has_results:
        raise Refused("results_out", _("The results are published; the survey stays as it is."))


def check_results_can_be_published(survey: Survey, today: date) -> None:
    """House rule: results are shown to everybody once no answer can come any more.

    While answers come in, whoever looked before and after one of them could read that one.
    """
    if not survey.is_over(today):
        raise Refused(
            "running",
            _("Results are published after the last day, %s.") % day_text(survey.closes_on),
        )


def check_are_many(answers: int) -> None:
    """House rule: only more than ANSWERS_PER_HOUR from one network within an hour are left out; of
    a few, the results before and after would tell what they said."""
    if answers <= settings.ANSWERS_PER_HOUR:
        raise Refused("few", _("So few answers are not left out: they are people's."))


def check_is_draft(survey: Survey) -> None:
    """House rule: what residents have seen stays; only drafts are put away."""
    if survey.is_published:
        raise Refused("published", _("Residents see this survey already, so it stays."))
