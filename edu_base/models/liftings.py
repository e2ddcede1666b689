"""What staff have asked for: a condition of the class not to count for one applicant."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.sealed import SealedTextField
from edu_base.models.applications import Application, Condition
from edu_base.models.schemes import PROGRAMME


class Lifting(models.Model):
    """The subject of a request (`decisions`); only when somebody else has approved it do the
    conditions stand in the application's `lifted`, with the reason."""

    belongs = Always(PROGRAMME)
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="liftings", verbose_name=_("application")
    )
    conditions = ArrayField(
        models.CharField(max_length=10, choices=Condition), verbose_name=_("conditions to lift")
    )
    reason = SealedTextField(_("reason"))

    class Meta:
        verbose_name = _("exception to the conditions")
        verbose_name_plural = _("exceptions to the conditions")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(conditions__contained_by=Condition.values)
                & ~Q(conditions=[])
                & ~Q(reason=""),
                name="exception_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {', '.join(self.conditions)}"
