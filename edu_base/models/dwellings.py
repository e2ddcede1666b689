"""户: the household of a paper that staff saw, not the register's people who live together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.sealed import SealedTextField
from edu_base.models.schemes import PROGRAMME


class Dwelling(models.Model):
    """One household of plan 六(一)1, known by the number of its paper; it binds the households
    scheme alone.

    `number_key` (`actions.dwellings.key_of`) tells that two papers are one without opening either.
    An earlier student whose list names no paper is known by head of household and address.
    """

    belongs = Always(PROGRAMME)

    class Proof(models.TextChoices):
        BOOKLET = "booklet", _("household register (户口簿)")
        TENANCY = "tenancy", _("tenancy contract")
        EARLIER = "earlier", _("head and address of an earlier list")

    proof = models.CharField(_("paper seen"), max_length=8, choices=Proof)
    number = SealedTextField(_("number of the paper"))
    number_key = models.CharField(max_length=64, editable=False)
    address = SealedTextField(_("address"), blank=True)
    made_by = by_whom(_("entered by"), null=False)
    made_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = pgettext_lazy("of a paper", "household")
        verbose_name_plural = pgettext_lazy("of a paper", "households")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["proof", "number_key"], name="dwelling_once"),
            models.CheckConstraint(
                condition=Q(number_key__regex="^[0-9a-f]{64}$") & ~Q(number=""),
                name="dwelling_is_known_by_a_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_proof_display()} · {self.pk}"
