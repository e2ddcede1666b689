"""Who decides while somebody is away."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.ranges import DateRange, NumberRange
from diedie_edu.common.references import DELETE, On

WHOLE_DAYS = RangeBoundary(inclusive_lower=True, inclusive_upper=True)


GONE = On(erased=DELETE, merged=DELETE)


class Deputy(models.Model):
    """`deputy` decides in the place of `account` from `first_day` to `last_day`, both included."""

    belongs = SHARED
    account = by_whom(_("who is away"), GONE, null=False)
    deputy = by_whom(_("who stands in"), GONE, null=False)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    named_by = by_whom(_("named by"), null=False)
    named_at = models.DateTimeField(_("named at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["-first_day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(account=F("deputy")), name="deputy_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="deputy_ends_after_beginning"
            ),
            # A range of one number overlaps nothing but itself: equality, without an extension.
            ExclusionConstraint(
                name="one_deputy_at_a_time",
                expressions=[
                    (NumberRange("account", "account", WHOLE_DAYS), RangeOperators.OVERLAPS),
                    (DateRange("first_day", "last_day", WHOLE_DAYS), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
            ),
        ]
        triggers = [
            Stays(
                name="who_stood_in_stays_known",
                condition=pgtrigger.AnyChange(exclude=["ended_at"]),
                message="End this deputy and name another.",
            ),
            Stays(
                name="a_deputy_ends_once",
                condition=pgtrigger.Q(old__ended_at__isnull=False),
                message="This deputy has ended. Name another.",
            ),
            NeverEmptied(name="deputies_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} → {self.account}"
