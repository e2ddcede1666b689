"""Who answers for a child."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.references import DELETE, MOVE, REFUSE, On
from diedie_edu.people.models.residents import Resident


class Guardianship(models.Model):
    """Who answers for a child."""

    belongs = SHARED

    class Relation(models.TextChoices):
        MOTHER = "mother", _("mother")
        FATHER = "father", _("father")
        GRANDPARENT = "grandparent", _("grandparent")
        OTHER = "other", _("other guardian")

    guardian = models.ForeignKey(
        Resident, On(erased=REFUSE, merged=MOVE), related_name="wards", verbose_name=_("guardian")
    )
    child = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="guardians", verbose_name=_("child")
    )
    relation = models.CharField(_("relation"), max_length=12, choices=Relation)

    class Meta:
        verbose_name = _("guardianship")
        verbose_name_plural = _("guardianships")
        constraints = [
            models.UniqueConstraint(fields=["guardian", "child"], name="guardianship_once"),
            models.CheckConstraint(
                condition=~Q(guardian=F("child")), name="nobody_guards_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} → {self.child}"
