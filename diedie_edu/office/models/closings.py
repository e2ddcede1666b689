"""结账: years whose money is closed."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.manifests import programme_choices

# Of the budget to which an entry belongs: writers of its money come one after the other.
LOCK_BUDGET = """
    PERFORM FROM office_document WHERE id IN
        (SELECT document_id FROM office_budgetitem WHERE id IN ({items}))
        ORDER BY id FOR NO KEY UPDATE;
"""
CLOSED = """
    FROM office_yearclosing closing
    JOIN office_document document ON document.programme = closing.programme
        AND extract(year FROM document.first_day) = closing.year
    JOIN office_budgetitem item ON item.document_id = document.id
    WHERE item.id IN ({items}) AND closing.reopened_at IS NULL
"""
LOCK_BUDGETS = """
    PERFORM FROM office_document WHERE programme = NEW.programme
        AND extract(year FROM first_day) = NEW.year ORDER BY id FOR NO KEY UPDATE;
    RETURN NEW;
"""


def takes_no_entry(
    items: str = "NEW.item_id",
    operation: pgtrigger.Operation | pgtrigger.Operations = pgtrigger.Insert,
) -> Guard:
    """For a table whose rows count on `items` of budgets (SQL: their numbers)."""
    return Guard(
        name="a_closed_year_takes_no_entry",
        constraint="a_closed_year_takes_no_entry",
        when=pgtrigger.Before,
        operation=operation,
        first=LOCK_BUDGET.format(items=items),
        found=CLOSED.format(items=items),
        message="The year is closed.",
    )


class YearClosing(models.Model):
    """A programme's money of a year is closed, until it is reopened with a reason."""

    belongs = Along("programme")
    programme = models.SlugField(_("programme"), choices=programme_choices)
    year = models.PositiveSmallIntegerField(_("year"))
    closed_by = by_whom(pgettext_lazy("a year", "closed by"), null=False)
    closed_at = models.DateTimeField(pgettext_lazy("a year", "closed at"))
    reopened_by = by_whom(_("reopened by"))
    reopened_at = models.DateTimeField(_("reopened at"), null=True)
    reason = models.CharField(_("why it was reopened"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("closing of a year")
        verbose_name_plural = _("closings of years")
        ordering = ["-year", "programme", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year"],
                condition=Q(reopened_at=None),
                name="a_year_is_closed_once",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None, reason="")
                | Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reason=""),
                name="a_year_is_reopened_with_a_reason",
            ),
        ]
        triggers = [
            Guard(
                name="closing_a_year_waits_for_its_entries",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=LOCK_BUDGETS,
            ),
            Stays(
                name="who_closed_a_year_stays_known",
                condition=pgtrigger.AnyChange("programme", "year", "closed_by", "closed_at"),
                message="Who closed a year and when stays as it was.",
            ),
            Stays(
                name="a_year_is_reopened_once",
                condition=pgtrigger.Q(old__reopened_at__isnull=False),
                message="A year that was reopened is closed by another row.",
            ),
            Stays(
                name="closings_are_never_deleted",
                operation=pgtrigger.Delete,
                message="A closed year is reopened with a reason.",
            ),
            NeverEmptied(name="closings_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"
