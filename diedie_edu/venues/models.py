"""Where and when: rooms, and the days that are not as the calendar says."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.calendar import SpecialDayKind


class Venue(Bilingual):
    """A room or square; no two occasions may hold it at the same time."""

    places = models.PositiveIntegerField(_("places"))
    address = models.CharField(_("address"), max_length=120, blank=True)
    is_open = models.BooleanField(_("can be booked"), default=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["title_zh"], name="venue_once"),
            models.CheckConstraint(condition=Q(places__gt=0), name="venue_has_places"),
        ]


class SpecialDay(models.Model):
    """A day that staff set over the public calendar: announced late, or closed by a typhoon."""

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind of day"), max_length=8, choices=SpecialDayKind)
    reason = models.CharField(_("reason"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
