"""扶持: what a group was given."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.office.models import BudgetItem
from diedie_edu.office.models.closings import takes_no_entry
from happy_square.models.groups import PROGRAMME, Group


class Support(models.Model):
    """扶持: what a group was given, things or a little money (`amount`, in yuan).

    With an amount it is spent on `item`, a line of the programme's budget, and entered here alone.
    """

    belongs = Always(PROGRAMME)

    class Sort(models.TextChoices):
        MATERIALS = "materials", pgettext_lazy("support", "materials")
        MONEY = "money", pgettext_lazy("support", "money")

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="support", verbose_name=_("group")
    )
    sort = models.CharField(_("sort of support"), max_length=10, choices=Sort)
    what = models.CharField(_("what and what for"), max_length=100)
    amount = models.DecimalField(
        _("amount in yuan"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    given_on = models.DateField(_("given on"))
    receipt = models.CharField(_("receipt"), max_length=60, blank=True)
    item = models.ForeignKey(
        BudgetItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("line of the budget"),
    )
    entered_by = by_whom(_("entered by"))
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("support of a group")
        verbose_name_plural = _("support of groups")
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sort="money", amount__isnull=False) | Q(sort="materials"),
                name="money_given_has_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="amount_given_is_positive"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="support_says_what"),
        ]
        triggers = [
            takes_no_entry(
                "OLD.item_id, NEW.item_id", pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.what}"
