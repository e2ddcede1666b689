"""预算: the lines of a budget, and what each is through all versions."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.keys import CompositeKey
from diedie_edu.common.money import times
from diedie_edu.office.models.contents import IN_DRAFTS, Content, in_history
from diedie_edu.office.models.documents import Document
from diedie_edu.office.models.versions import Version

TOTAL_FOLLOWS = """
IF TG_OP <> 'INSERT' THEN
    UPDATE office_version SET total = total - OLD.amount WHERE id = OLD.version_id;
END IF;
IF TG_OP <> 'DELETE' THEN
    UPDATE office_version SET total = total + NEW.amount WHERE id = NEW.version_id;
END IF;
RETURN NULL;
"""


class Category(models.TextChoices):
    """科目: what money is spent on."""

    VENUE = "venue", _("venue")
    SPEAKER = "speaker", _("speakers")
    MATERIALS = "materials", _("materials")
    PUBLICITY = "publicity", _("publicity")
    GRANTS = "grants", _("grants and support")
    OTHER = "other", _("other")


class BudgetItem(models.Model):
    """What one line is through all versions of a budget: money is promised and spent on it."""

    belongs = Along("document__programme")
    document = models.ForeignKey(Document, models.PROTECT, related_name="items")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("item of a budget")
        verbose_name_plural = _("items of a budget")
        ordering = ["document", "id"]
        constraints = [
            # What the keys of its lines refer to.
            models.UniqueConstraint(fields=["id", "key"], name="item_with_its_key"),
        ]
        triggers = [
            Stays(name="what_an_item_is_stays", message="Another item is another row."),
            NeverEmptied(name="items_are_never_emptied"),
        ]


@in_history
class BudgetLine(Content):
    """明细: quantity × price of one item in one version; the database computes the `amount`."""

    SAID = ("item", "category", "title", "quantity", "unit", "price", "funds")
    item = models.ForeignKey(BudgetItem, models.PROTECT, related_name="lines", db_constraint=False)
    category = models.CharField(_("category"), max_length=10, choices=Category)
    title = models.CharField(_("what for"), max_length=120)
    quantity = models.DecimalField(_("quantity"), max_digits=9, decimal_places=2)
    unit = models.CharField(_("unit of the quantity"), max_length=10, blank=True, default="")
    price = models.DecimalField(_("price, in yuan"), max_digits=11, decimal_places=2)
    amount = models.GeneratedField(
        expression=F("quantity") * F("price"),  # its column rounds, half a cent up
        output_field=models.DecimalField(max_digits=13, decimal_places=2),
        db_persist=True,
        verbose_name=_("amount, in yuan"),
    )
    funds = models.CharField(_("source of funds"), max_length=60, blank=True, default="")

    class Meta(Content.Meta):
        verbose_name = _("line of a budget")
        verbose_name_plural = _("lines of a budget")
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="line_once"),
            CompositeKey(
                name="line_is_of_its_item",
                fields=["item", "key"],
                to="office.BudgetItem",
                to_fields=["id", "key"],
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price__gte=0) & ~Q(title=""), name="line_has_its_sum"
            ),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="category_is_known"
            ),
        ]
        triggers = [
            IN_DRAFTS,
            Guard(
                name="total_follows_its_lines",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=TOTAL_FOLLOWS,
            ),
            Guard(
                name="a_line_is_of_its_document",
                operation=pgtrigger.Insert | pgtrigger.Update,
                missing="""
                    FROM office_version v JOIN office_budgetitem i ON i.document_id = v.document_id
                    WHERE v.id = NEW.version_id AND i.id = NEW.item_id
                """,
                message="This item belongs to another budget.",
            ),
            NeverEmptied(name="lines_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return self.title

    def carried_over(self, version: Version) -> "BudgetLine":
        """In another budget it is another item: what is spent on it counts there."""
        row: Any = self.copied(version)
        row.item = BudgetItem.objects.create(document=version.document)
        row.key = row.item.key
        return row

    @staticmethod
    def words(said: dict[str, Any]) -> tuple[str, str]:
        quantity, price = Decimal(said["quantity"]), Decimal(said["price"])
        sum_ = f"{quantity:,.2f} {said['unit']} × {price:,.2f} = {times(quantity, price):,.2f}"
        text = " · ".join(
            filter(None, [str(Category(said["category"]).label), sum_, said["funds"]])
        )
        return f"{said['position']} {said['title']}", text
