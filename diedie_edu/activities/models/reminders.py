"""When people are reminded: data that staff change, not constants."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.notices.models import TO_PEOPLE
from diedie_edu.programmes.models import Programme


class ReminderTime(models.Model):
    """One reminder before each occasion of a programme.

    Either `days_before` with a time of day (Asia/Shanghai), or `minutes_before` the start.
    """

    belongs = Along("programme__slug")

    class Audience(models.TextChoices):
        SEATED = "seated", _("people with a seat")
        ON_DUTY = "on_duty", _("volunteers on duty")

    programme = models.ForeignKey(
        Programme,
        models.CASCADE,
        related_name="reminder_times",
        verbose_name=_("programme"),
    )
    audience = models.CharField(_("who is reminded"), max_length=8, choices=Audience)
    days_before = models.PositiveSmallIntegerField(_("days before"), null=True, blank=True)
    at_time = models.TimeField(pgettext_lazy("a time of day", "at"), null=True, blank=True)
    minutes_before = models.PositiveIntegerField(_("minutes before"), null=True, blank=True)
    channels = ArrayField(
        models.CharField(max_length=8, choices=TO_PEOPLE), verbose_name=_("channels")
    )
    is_on = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reminder time")
        verbose_name_plural = _("reminder times")
        ordering = ["programme", "audience", "-days_before", "-minutes_before"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    days_before__isnull=False,
                    at_time__isnull=False,
                    minutes_before=None,
                )
                | Q(days_before=None, at_time=None, minutes_before__isnull=False),
                name="reminder_is_by_day_or_by_minutes",
            ),
            models.CheckConstraint(
                condition=Q(channels__contained_by=list(dict(TO_PEOPLE))) & ~Q(channels=[]),
                name="reminder_channels_are_known",
            ),
        ]

    def __str__(self) -> str:
        if self.at_time is None:
            return str(_("%(minutes)s minutes before") % {"minutes": self.minutes_before})
        return str(
            _("%(days)s days before at %(time)s")
            % {"days": self.days_before, "time": f"{self.at_time:%H:%M}"}
        )
