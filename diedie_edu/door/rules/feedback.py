"""Until when people say what they think of an occasion, and what staff see of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Occasion
from diedie_edu.common.errors import Refused
from diedie_edu.common.groups import SMALL
from diedie_edu.community.waking import after_the_night


def feedback_closes_at(occasion: Occasion) -> datetime:
    """House rule: FEEDBACK_DAYS after the end, and never at night."""
    return after_the_night(occasion.ends_at + timedelta(days=settings.FEEDBACK_DAYS))


def check_can_say(occasion: Occasion, now: datetime) -> None:
    """House rule: feedback is given, and changed, from the end for FEEDBACK_DAYS.

    Raises `Refused` (`not_over`, `feedback_closed`).
    """
    if now < occasion.ends_at:
        raise Refused("not_over", _("Please come back when it is over."))
    if now >= feedback_closes_at(occasion):
        raise Refused("feedback_closed", _("Thank you. This can no longer be changed."))


def is_enough(answers: int) -> bool:
    """House rule: what fewer than five people say is not broken down."""
    return answers >= SMALL


def counted_together(answers: Mapping[int, int]) -> set[int]:
    """House rule: of several occasions (with their numbers of answers) those whose sum may be told.

    Those too small to be told by themselves count only where they are five answers together;
    else they could be worked out from the sum and the others.
    """
    small = {key for key, number in answers.items() if number < SMALL}
    if is_enough(sum(answers[key] for key in small)):
        return set(answers)
    return set(answers) - small
