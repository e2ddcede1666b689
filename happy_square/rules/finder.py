"""Find me a group: three questions, each with one tap."""

from datetime import time
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NOON, EVENING = time(12), time(18)
SATURDAY = 6
ANY, CHILDREN = "any", "children"
QUESTIONS = ("kind", "when", "where")


class When(TextChoices):
    MORNING = "morning", _("in the morning")
    AFTERNOON = "afternoon", _("in the afternoon")
    EVENING = "evening", _("in the evening")
    WEEKEND = "weekend", _("at the weekend")


# What a weekly time has to fit, by each answer.
HOURS: dict[str, dict[str, Any]] = {
    When.MORNING: {"starts__lt": NOON},
    When.AFTERNOON: {"starts__gte": NOON, "starts__lt": EVENING},
    When.EVENING: {"starts__gte": EVENING},
    When.WEEKEND: {"weekday__gte": SATURDAY},
}
