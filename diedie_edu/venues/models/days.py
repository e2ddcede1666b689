"""The days that are not as the public calendar says."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.calendar import SpecialDayKind


class SpecialDay(models.Model):
    """A day that staff set over the public calendar: announced late, or closed by a typhoon.

    `decided_at` is when somebody decided of what is planned on it; of days that came in by a list
    nobody has.
    """

    belongs = SHARED
    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind of day"), max_length=8, choices=SpecialDayKind)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    decided_at = models.DateTimeField(
        pgettext_lazy("without a request", "decided at"), null=True, blank=True, editable=False
    )
    decided_by = by_whom(pgettext_lazy("without a request", "decided by"), editable=False)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"


class CompleteYear(models.Model):
    """A year of which staff said: all its days off and make-up workdays are entered. Until then
    every page that plans or shows a date in it says that they are not announced yet."""

    belongs = SHARED
    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    marked_by = by_whom(_("marked by"))
    marked_at = models.DateTimeField(_("marked at"))

    class Meta:
        verbose_name = _("year with all its special days")
        verbose_name_plural = _("years with all their special days")
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year__gte=2000, year__lte=2200), name="complete_year_is_a_year"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)
