"""户: the household of a paper that staff saw, not the register's people who live together."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard
from diedie_edu.common.sealed import SealedTextField
from edu_base.models.schemes import PROGRAMME


class Dwelling(models.Model):
    """One household of plan 六(一)1, known by the number of its paper; it binds the households
    scheme alone.

    `number_key` (`actions.dwellings.key_of`) tells that two papers are one without opening either.
    An earlier student whose list names no paper is known by head of household and address. A
    household may have several papers: all but one are `same_as` that one, which applicants have.
    `address_key` is how staff are asked whether another paper is of the same household.
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
    address_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    same_as = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="other_papers",
        verbose_name=_("paper of the same household as"),
    )
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
            models.CheckConstraint(
                condition=Q(same_as=None) | ~Q(same_as=F("pk")), name="dwelling_is_not_its_own_copy"
            ),
        ]
        triggers = [
            Guard(
                name="another_paper_of_one_has_no_applicants",
                operation=pgtrigger.UpdateOf("same_as_id"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("NEW.same_as_id IS NOT NULL"),
                found="""
                FROM edu_base_application WHERE dwelling_id = NEW.id
                UNION ALL SELECT FROM edu_base_dwelling
                WHERE id = NEW.same_as_id AND same_as_id IS NOT NULL OR same_as_id = NEW.id
                """,
                message="Its applicants are those of the household it is another paper of.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_proof_display()} · {self.pk}"


class DwellingAnswer(models.Model):
    """Two papers could be of one household (the same address, people who live together): what staff
    found when they looked, and why."""

    belongs = Always(PROGRAMME)
    one = models.ForeignKey(
        Dwelling,
        models.CASCADE,
        related_name="answers",
        verbose_name=pgettext_lazy("of a paper", "household"),
    )
    other = models.ForeignKey(
        Dwelling, models.CASCADE, related_name="+", verbose_name=_("the other household")
    )
    is_one = models.BooleanField(_("is one household"))
    reason = SealedTextField(_("reason"))
    by = by_whom(_("by whom"), null=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer about two households")
        verbose_name_plural = _("answers about two households")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(one=F("other")) & ~Q(reason=""), name="answer_is_about_two_households"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {'=' if self.is_one else '≠'} {self.other_id}"
