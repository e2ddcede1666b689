"""What somebody asks to have corrected of themselves or of their child."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.people.models.residents import Resident


class PersonCorrection(models.Model):
    """PIPL art. 46: the name or the date of birth is put right, by staff and against a paper.

    `asked_by` is the person or a guardian. Until staff have said which `paper` they saw, nothing
    changes.
    """

    belongs = SHARED

    class Paper(models.TextChoices):
        CARD = "card", _("identity card")
        REGISTER = "register", _("household register")
        BIRTH = "birth", _("birth certificate")

    resident = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="corrections",
        verbose_name=_("about whom"),
    )
    asked_by = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="+", verbose_name=_("who asks")
    )
    full_name = models.CharField(_("full name"), max_length=50)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    paper = models.CharField(_("which paper was seen"), max_length=8, choices=Paper, blank=True)

    class Meta:
        verbose_name = _("correction of a person")
        verbose_name_plural = _("corrections of people")
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="correction_says_a_name"),
            models.CheckConstraint(
                condition=Q(paper__in=["", "card", "register", "birth"]),
                name="paper_of_a_correction_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
