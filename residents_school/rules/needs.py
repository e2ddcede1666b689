"""Who may answer a survey and when, and which numbers may be shown without telling on anybody."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import day_text
from diedie_edu.common.errors import Refused
from diedie_edu.common.groups import SMALL
from diedie_edu.people.models import Resident
from diedie_edu.people.rules import residents
from residents_school.models import AgeBand, Survey

Part = TypeVar("Part", bound=Hashable)

NO_TOPIC = _("Please tick at least one topic, or write one of your own.")

# The first year of age of each band.
BANDS = (
    (70, AgeBand.FROM_70),
    (60, AgeBand.FROM_60),
    (50, AgeBand.FROM_50),
    (35, AgeBand.FROM_35),
    (18, AgeBand.FROM_18),
    (0, AgeBand.UNDER_18),
)


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


def check_not_too_many(is_used_up: bool) -> None:
    """House rule: ANSWERS_PER_HOUR without a name from one network address within an hour."""
    if is_used_up:
        raise Refused(
            "too_many",
            _(
                "Very many answers have just come from this network. Sign in to answer now, "
                "or come back in an hour."
            ),
        )


def age_band_of(birth_date: date | None, today: date) -> str:
    """The band in which somebody is today; empty where the birth date is not known."""
    if birth_date is None:
        return ""
    age = residents.years_old(birth_date, today)
    return next((band for first, band in BANDS if age >= first), "")


def too_small(parts: Mapping[Part, int]) -> set[Part]:
    """House rule: parts of one to four people are not shown by themselves."""
    return {part for part, people in parts.items() if 0 < people < SMALL}


def withheld(parts: Mapping[Part, int]) -> set[Part]:
    """House rule: what is not shown where parts share out a whole that everybody knows.

    Besides those too small as many of the next smallest as it takes until two parts and five
    people are hidden. Otherwise the hidden part could be worked out from the whole and the
    parts that are shown.
    """
    hidden = too_small(parts)
    larger = sorted((part for part in parts if parts[part] >= SMALL), key=parts.__getitem__)
    while hidden and larger and not _hides(hidden, parts):
        hidden.add(larger.pop(0))
    return hidden


def _hides(hidden: set[Part], parts: Mapping[Part, int]) -> bool:
    return len(hidden) > 1 and sum(parts[part] for part in hidden) >= SMALL
