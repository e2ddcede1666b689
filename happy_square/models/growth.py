"""From when on growth counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from happy_square.models.groups import PROGRAMME


class GrowthStart(models.Model):
    """The day from which growth counts: whoever belonged to a group before is no new face.

    The row set last counts; the ones before stay as its history.
    """

    belongs = Always(PROGRAMME)
    day = models.DateField(_("growth counts from"))
    set_at = models.DateTimeField(_("set at"))
    set_by = by_whom(_("set by"))

    class Meta:
        verbose_name = _("day from which growth counts")
        verbose_name_plural = _("days from which growth counts")
        ordering = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
