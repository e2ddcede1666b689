"""When and where applicants are seen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from edu_base.models.applications import Application
from edu_base.models.schemes import PROGRAMME


class Interview(models.Model):
    """面试: when and where an applicant is seen."""

    belongs = Always(PROGRAMME)
    application = models.OneToOneField(
        Application, models.CASCADE, related_name="interview", verbose_name=_("application")
    )
    starts_at = models.DateTimeField(_("begins at"))
    place = models.CharField(pgettext_lazy("where", "place"), max_length=80)
    by = by_whom(_("by whom"), null=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(place=""), name="interview_is_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.starts_at:%Y-%m-%d}"
