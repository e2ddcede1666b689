"""Decisions on a programme's rules (制度); pure."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import local_day, moment
from diedie_edu.common.errors import Refused

TO_CONFIRM = timedelta(days=14)  # from the day on which they come into force
SOON = timedelta(days=3)
ASK_AGAIN = timedelta(days=7)


def check_has_words(text: str) -> None:
    """House rule: people confirm rules word for word, so a file alone is not enough. Raises
    `Refused` (`no_text`)."""
    if not text:
        raise Refused("no_text", _("Please write the rules themselves: people confirm each word."))


def check_rules_remain(has_others: bool) -> None:
    """House rule: no day is without rules once there were some. Raises `Refused` (`last_rules`)."""
    if not has_others:
        raise Refused(
            "last_rules",
            _("These are the only rules of the programme. Approve others first."),
        )


def begins_at(first_day: date | None, now: datetime, *, on_paper: bool) -> datetime:
    """House rule: rules hold from their day on, and not before they were approved; what was
    approved on paper may have held for long."""
    begins = moment(first_day) if first_day else now
    return begins if on_paper else max(begins, now)


def is_to_be_asked(confirm_by: date, asked_on: date | None, today: date) -> bool:
    """House rule: when rules come into force, three days before the set day, and once a week after
    it. Whoever has not confirmed keeps their place all the same."""
    if asked_on is None:
        return True
    if today <= confirm_by:
        return asked_on < confirm_by - SOON <= today
    return asked_on <= confirm_by or asked_on + ASK_AGAIN <= today


def last_day_to_confirm(begins: datetime) -> date:
    return local_day(begins) + TO_CONFIRM
