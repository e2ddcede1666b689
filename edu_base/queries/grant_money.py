"""Grants on the line of a budget that their fund is linked to: awarded is promised, paid spent."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.office.parts import Elsewhere, MoneyRow, MoneySource
from edu_base.models import Fact, GrantFact, GrantFund
from edu_base.queries.grants import lines_of


def sums(items: Collection[int]) -> dict[int, Elsewhere]:
    facts = GrantFact.objects.filter(award__fund__item__in=items, stands=True)
    counted = facts.filter(fact__in=(Fact.AWARDED, Fact.PAID)).order_by()
    found: dict[int, dict[str, Decimal]] = {}
    rows = counted.values_list("award__fund__item", "fact").annotate(Sum("award__amount"))
    for item, fact, amount in rows:
        found.setdefault(item, {})[fact] = amount
    return {item: _elsewhere(sums) for item, sums in found.items()}


def _elsewhere(sums: dict[str, Decimal]) -> Elsewhere:
    paid = sums.get(Fact.PAID, Decimal(0))
    return Elsewhere(sums[Fact.AWARDED] - paid, paid)


def rows(item: int) -> Iterator[MoneyRow]:
    """The funds."""
    for line in lines_of(GrantFund.objects.filter(item=item)):
        state = _("%(paid)s of %(awarded)s awards paid") % {
            "paid": line.paid.number,
            "awarded": line.awarded.number,
        }
        url = reverse("edu_base:fund", args=[line.fund.pk])
        yield MoneyRow(f"{line.fund.title} {line.fund.year}", line.awarded.amount, state, url)


GRANT_MONEY = MoneySource(sums, rows)
