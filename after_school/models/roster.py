"""How many adults each zone needs. The slots are duties."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from after_school.models.terms import Weekday, Zone
from diedie_edu.common.belonging import Along


class StaffNeed(models.Model):
    """For one zone on one weekday: never fewer adults than `adults`, and one for so many."""

    belongs = Along("zone__term__programme__slug")
    zone = models.ForeignKey(
        Zone, models.CASCADE, related_name="staff_needs", verbose_name=_("zone")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    adults = models.PositiveSmallIntegerField(_("smallest number of adults"))
    children_per_adult = models.PositiveSmallIntegerField(_("children for each adult"))

    class Meta:
        verbose_name = _("need of adults")
        verbose_name_plural = _("needs of adults")
        ordering = ["zone", "weekday"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "weekday"], name="staff_need_once"),
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values), name="staff_need_is_for_a_school_day"
            ),
            models.CheckConstraint(
                condition=Q(adults__gt=0, children_per_adult__gt=0),
                name="staff_need_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.get_weekday_display()}"

    @property
    def slots(self) -> int:
        """Adults for a full zone."""
        return max(self.adults, -(-self.zone.places // self.children_per_adult))
