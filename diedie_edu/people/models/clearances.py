"""Clearance 入职查询: whether an adult may be close to children."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.people.models.volunteers import Volunteer


class Clearance(models.Model):
    """One check of one volunteer: its result and dates, never the document itself.

    A volunteer is cleared on a day that a clear check covers, unless a later check is not clear:
    the database's `people_is_cleared(volunteer, day)` says so, and `queries.is_cleared` asks it.
    """

    belongs = SHARED

    class Result(models.TextChoices):
        CLEAR = "clear", _("clear")
        NOT_CLEAR = "not_clear", _("not clear")

    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="clearances", verbose_name=_("volunteer")
    )
    result = models.CharField(_("result"), max_length=10, choices=Result)
    checked_on = models.DateField(_("checked on"))
    valid_until = models.DateField(_("valid until"))
    checked_by = by_whom(_("checked by"), null=False)

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["-checked_on", "-id"]
        indexes = [models.Index(fields=["volunteer", "valid_until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=["clear", "not_clear"]), name="clearance_result_is_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("checked_on")),
                name="clearance_holds_from_its_check_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.get_result_display()} {self.valid_until}"
