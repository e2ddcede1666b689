"""已承诺: what was promised and is not paid yet."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.keys import CompositeKey
from diedie_edu.office.models.budgets import BudgetItem
from diedie_edu.office.models.closings import takes_no_entry
from diedie_edu.office.models.money_sql import APPROVED, PROMISED, SPENT, of_item

BEYOND = f"""
    FROM office_budgetitem i WHERE i.id = NEW.item_id
    AND {of_item(SPENT, "i.id")} + {of_item(PROMISED, "i.id")} > {of_item(APPROVED, "i.id")}
"""  # nosec B608 (constants of the code)


class Commitment(models.Model):
    """A sum promised to somebody on an item of a budget, to be paid by about `expected_on`.

    What it is for: an event or a group (`activity`), or one date of it (`occasion`); called off,
    the promise binds nothing any more, without anybody touching it. Payments are expenses that
    name it; what they leave open stays promised until it is freed.
    """

    belongs = Along("item__document__programme")
    item = models.ForeignKey(
        BudgetItem,
        models.PROTECT,
        related_name="commitments",
        verbose_name=pgettext_lazy("of a budget", "line"),
    )
    to_whom = models.CharField(_("promised to"), max_length=60)
    what_for = models.CharField(_("what for"), max_length=120)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, related_name="commitments", verbose_name=_("activity")
    )
    occasion = models.ForeignKey(
        Occasion, models.SET_NULL, null=True, related_name="commitments", verbose_name=_("occasion")
    )
    amount = models.DecimalField(_("sum, in yuan"), max_digits=11, decimal_places=2)
    expected_on = models.DateField(_("to be paid about"))
    entered_by = by_whom(_("entered by"), null=False)
    entered_at = models.DateTimeField(_("entered at"))
    freed_by = by_whom(_("freed by"))
    freed_at = models.DateTimeField(_("freed at"), null=True)
    freed_reason = models.CharField(_("why it was freed"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["expected_on", "id"]
        constraints = [
            # What the keys of its payments refer to.
            models.UniqueConstraint(fields=["id", "item"], name="commitment_with_its_item"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(to_whom="") & ~Q(what_for=""),
                name="a_promise_says_how_much_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(freed_at=None, freed_by=None, freed_reason="")
                | Q(freed_at__isnull=False, freed_by__isnull=False) & ~Q(freed_reason=""),
                name="a_promise_is_freed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(occasion=None) | Q(activity__isnull=False),
                name="a_promised_date_is_of_an_activity",
            ),
            CompositeKey(
                name="a_promised_date_is_of_its_activity",
                fields=["occasion", "activity"],
                to="activities.Occasion",
                to_fields=["id", "activity"],
            ),
        ]
        triggers = [
            takes_no_entry(),
            Guard(
                name="a_promise_keeps_the_rest_of_its_line",
                operation=pgtrigger.Insert,
                found=BEYOND,
                message="No more is promised than was approved.",
            ),
            Stays(
                name="promises_stay_as_they_were",
                condition=pgtrigger.AnyChange(
                    exclude=["occasion", "freed_by", "freed_at", "freed_reason"]
                ),
                message="A promise is freed, and made anew.",
            ),
            # The date may be deleted, which leaves the event.
            Stays(
                name="a_promise_is_freed_once",
                condition=pgtrigger.Condition(
                    "NEW.occasion_id IS NOT NULL AND NEW.occasion_id IS DISTINCT FROM"
                    " OLD.occasion_id OR OLD.freed_at IS NOT NULL AND"
                    " (NEW.freed_by_id, NEW.freed_at, NEW.freed_reason) IS DISTINCT FROM"
                    " (OLD.freed_by_id, OLD.freed_at, OLD.freed_reason)"
                ),
                message="A promise that was freed is made anew.",
            ),
            Stays(
                name="promises_are_never_deleted",
                operation=pgtrigger.Delete,
                message="A promise is freed, never deleted.",
            ),
            NeverEmptied(name="promises_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.to_whom} · {self.what_for}"
