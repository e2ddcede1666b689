"""助学金: what the committee approved for grants, and who was awarded one."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.office.models import BudgetItem
from edu_base.models.applications import Application
from edu_base.models.campaign import CampaignEvent
from edu_base.models.schemes import PROGRAMME
from edu_base.models.states import Scheme

SUM_FOLLOWS = """
IF NEW.stands THEN
    UPDATE edu_base_grantfund SET awarded = awarded + NEW.amount WHERE id = NEW.fund_id;
ELSE
    UPDATE edu_base_grantfund SET awarded = awarded - NEW.amount WHERE id = NEW.fund_id;
END IF;
RETURN NULL;
"""


class GrantFund(Bilingual):
    """One kind of grant in one year, and the sum in yuan that the committee approved for it.

    `amount` is what each student usually gets; an award may be of another. `awarded` follows the
    awards that stand, by their trigger, and never exceeds the `total`.
    """

    belongs = Always(PROGRAMME)
    year = models.PositiveSmallIntegerField(_("year"))
    scheme = models.CharField(
        _("scheme"),
        max_length=10,
        choices=Scheme,
        blank=True,
        help_text=_("Left empty: for students of both schemes."),
    )
    total = models.DecimalField(_("sum approved, in yuan"), max_digits=11, decimal_places=2)
    awarded = models.DecimalField(
        _("awarded"), max_digits=11, decimal_places=2, default=0, editable=False
    )
    amount = models.DecimalField(
        _("amount for each student, in yuan"), max_digits=9, decimal_places=2
    )
    document = models.CharField(_("number of the committee's document"), max_length=60)
    approved_on = models.DateField(_("approved on"))
    ceremony = models.ForeignKey(
        CampaignEvent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("award ceremony"),
    )

    item = models.ForeignKey(
        BudgetItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("line of the budget"),
        help_text=_("Awarded counts there as promised, paid as spent; nobody enters it twice."),
    )

    class Meta:
        verbose_name = _("grant fund")
        verbose_name_plural = _("grant funds")
        ordering = ["-year", "title_zh", "id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "title_zh"], name="kind_of_grant_once_a_year"),
            models.CheckConstraint(
                condition=Q(awarded__lte=F("total")), name="awards_keep_the_sum_approved"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, total__gte=0, awarded__gte=0),
                name="a_grant_has_an_amount",
            ),
            models.CheckConstraint(
                condition=~Q(title_zh="") & ~Q(document=""), name="a_grant_was_approved"
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=["", *Scheme.values]), name="scheme_of_a_grant_is_known"
            ),
        ]

    @property
    def left(self) -> object:
        return self.total - self.awarded


ONCE = "one_award_of_a_student_a_year_and_kind"


class Award(models.Model):
    """A student's grant of one kind in one year, from the day it is awarded.

    What became of it are its facts (`GrantFact`). It `stands` until the fact that it was awarded
    is taken back; then the sum has its amount again, and the student may be awarded anew.
    """

    belongs = Always(PROGRAMME)
    fund = models.ForeignKey(
        GrantFund, models.PROTECT, related_name="awards", verbose_name=_("grant fund")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="awards", verbose_name=_("student")
    )
    amount = models.DecimalField(_("amount in yuan"), max_digits=9, decimal_places=2)
    stands = models.BooleanField(_("stands"), default=True, editable=False)

    class Meta:
        verbose_name = _("award of a grant")
        verbose_name_plural = _("awards of grants")
        ordering = ["fund", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "application"],
                condition=Q(stands=True),
                name=ONCE,
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_award_has_an_amount"),
        ]
        triggers = [
            Guard(
                name="the_sum_awarded_follows_the_awards",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stands"),  # type: ignore[no-untyped-call]
                func=SUM_FOLLOWS,
            ),
            # Fires behind the one above, by the order of names, which has locked the fund.
            Guard(
                name="two_awards_of_a_kind_are_of_two_people",
                constraint=ONCE,
                operation=pgtrigger.Insert,
                found="""
                FROM edu_base_award other
                JOIN edu_base_application theirs ON theirs.id = other.application_id
                JOIN edu_base_application own ON own.id = NEW.application_id
                WHERE other.fund_id = NEW.fund_id AND other.id <> NEW.id AND other.stands
                  AND theirs.person_id = own.person_id
                """,
                message="This person has a grant of this kind and year.",
            ),
            Stays(
                name="awards_stay_as_they_were",
                condition=pgtrigger.AnyChange(exclude=["stands"]),
                message="An award is taken back, and made anew.",
            ),
            Stays(
                name="awards_are_never_deleted",
                operation=pgtrigger.Delete,
                message="An award is taken back by an entry against it, never deleted.",
            ),
            # Only the entry against it, whose own trigger writes this, takes an award back.
            Stays(
                name="an_award_stands_until_its_fact_is_taken_back",
                operation=pgtrigger.UpdateOf("stands"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("NEW.stands OR pg_trigger_depth() = 0"),
                message="An award is taken back by an entry against it.",
            ),
            Guard(
                name="an_award_begins_with_its_fact",
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                missing="FROM edu_base_grantfact WHERE award_id = NEW.id AND fact = 'awarded'",
                message="That it was awarded is the first fact of an award.",
            ),
            NeverEmptied(name="awards_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.application.person or self.application_id} · {self.fund}"
