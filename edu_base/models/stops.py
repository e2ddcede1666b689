"""A guardian's no, and how it was settled."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.sealed import SealedTextField
from edu_base.models.applications import Application
from edu_base.models.schemes import PROGRAMME


class Stop(models.Model):
    """A second guardian has said no, by way of staff: nothing goes on until it is settled. The
    application itself says so too (`stopped_at`), for its guards."""

    belongs = Always(PROGRAMME)
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="stops", verbose_name=_("application")
    )
    said_by = SealedTextField(_("who said no"))
    reason = SealedTextField(_("why"))
    at = models.DateTimeField(_("at"))
    by = by_whom(_("entered by"), null=False)
    settlement = SealedTextField(_("how it was settled"), blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = by_whom(_("settled by"), blank=True)

    class Meta:
        verbose_name = _("no of a guardian")
        verbose_name_plural = _("noes of guardians")
        ordering = ["application", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(settled_at=None), name="one_open_stop"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settlement="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settlement=""),
                name="settled_stop_says_how",
            ),
        ]
        triggers = [
            Stays(
                name="settled_stops_stay_settled",
                condition=pgtrigger.Q(old__settled_at__isnull=False, new__settled_at__isnull=True),
                message="This no has been settled.",
            ),
            NeverEmptied(name="stops_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.at:%Y-%m-%d}"
