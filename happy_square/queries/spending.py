"""What groups were given, on the lines of the programme's budget."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import pgettext

from diedie_edu.office.models import BudgetLine
from diedie_edu.office.parts import Elsewhere, MoneyRow, MoneySource
from happy_square.models import Support


def given_on(items: Collection[int]) -> QuerySet[Support]:
    return Support.objects.filter(item__in=items, amount__isnull=False)


def with_lines(rows: QuerySet[Support]) -> QuerySet[Any]:
    """Each with what its `line` is called."""
    lines = BudgetLine.objects.filter(item=OuterRef("item")).order_by("-version__number")
    return rows.annotate(line=Subquery(lines.values("title")[:1]))


def sums(items: Collection[int]) -> dict[int, Elsewhere]:
    rows = given_on(items).order_by().values_list("item").annotate(Sum("amount"))
    return {item: Elsewhere(Decimal(0), amount) for item, amount in rows}


def rows(item: int) -> Iterator[MoneyRow]:
    state = pgettext("support", "given")
    for one in given_on([item]).select_related("group"):
        url = reverse("happy_square:group_guidance", args=[one.group_id])
        yield MoneyRow(str(one), one.amount or Decimal(0), f"{state} {one.given_on}", url)


SUPPORT_MONEY = MoneySource(sums, rows)
