"""A volunteer's slot at an occasion: giving the lecture, helping, looking after children."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models.activities import Occasion
from diedie_edu.people.models import Volunteer


class Duty(models.Model):
    """Without a volunteer the slot is free."""

    class Work(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        HELPER = "helper", _("helper")

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="duties")
    volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("volunteer"),
    )
    work = models.CharField(_("work on duty"), max_length=10, choices=Work)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["occasion", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "volunteer"],
                condition=Q(volunteer__isnull=False),
                name="volunteer_once_per_occasion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_work_display()} {self.volunteer or ''}".strip()
