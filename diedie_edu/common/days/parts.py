"""The parts of a week in which people have time to learn or to teach."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartOfWeek(TextChoices):
    """Plan 三(二): lectures are held at weekends; evenings are asked for all the same."""

    SATURDAY_MORNING = "sat_am", _("Saturday morning")
    SATURDAY_AFTERNOON = "sat_pm", _("Saturday afternoon")
    SUNDAY_MORNING = "sun_am", _("Sunday morning")
    SUNDAY_AFTERNOON = "sun_pm", _("Sunday afternoon")
    WEEKDAY_EVENING = "weekday_evening", _("an evening from Monday to Friday")
