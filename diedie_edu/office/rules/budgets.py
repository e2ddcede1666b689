"""How the lines of a budget stand, add up and may be moved between."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.money import FEN, figures, times
from diedie_edu.office.models import BudgetLine, Category, State, Version

MOST_LINES = 90  # of a budget: more fields than one form may send
MOST_MONEY = Decimal(10) ** 8  # yuan on one line; beyond it a point was forgotten
RANKS = {str(category): rank for rank, category in enumerate(Category)}
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Section:
    """The lines of one category, in their order."""

    category: Category
    lines: list[BudgetLine] = field(default_factory=list)

    @property
    def subtotal(self) -> Decimal:
        return total(self.lines)


def total(lines: Iterable[BudgetLine]) -> Decimal:
    return sum((line.amount for line in lines), NOTHING)


def sections(lines: Iterable[BudgetLine]) -> list[Section]:
    """Lines by category, in the order of the categories; those without a line are left out."""
    found = {str(category): Section(category) for category in Category}
    for line in lines:
        found[line.category].lines.append(line)
    return [section for section in found.values() if section.lines]


def in_order(lines: Iterable[BudgetLine], moved: Collection[UUID] = ()) -> list[BudgetLine]:
    """By category, inside one by position; those that were `moved` come to the place that their
    position names, counted from 1."""
    standing = sorted(lines, key=lambda line: (line.position, line.pk))
    order = [line for line in standing if line.key not in moved]
    for line in standing:
        if line.key in moved:
            order.insert(max(line.position - 1, 0), line)
    return sorted(order, key=lambda line: RANKS[line.category])


def check_amount(quantity: Decimal, price: Decimal) -> None:
    """House rule: a line has a quantity and no debt, and a hundred million yuan on one are a slip
    of the finger. Raises `Refused` (`no_quantity`, `negative`, `too_much`)."""
    if quantity <= 0:
        raise Refused("no_quantity", _("The quantity must be more than 0."), "quantity")
    if price < 0:
        raise Refused("negative", _("A budget has no negative numbers."), "price")
    if quantity * price >= MOST_MONEY:
        raise Refused(
            "too_much",
            _("%(amount)s on one line? Please look at quantity and price again.")
            % {"amount": figures(times(quantity, price))},
            "price",
        )


def check_is_empty(lines: Collection[BudgetLine]) -> None:
    """House rule: another year's lines are copied where there are none yet. Raises `Refused`
    (`not_empty`)."""
    if lines:
        raise Refused("not_empty", _("This budget has lines already; nothing was copied."))


def set_amount(line: BudgetLine, amount: Decimal) -> None:
    """House rule: its price changes; where the quantity does not divide the amount to the cent, it
    becomes one sum."""
    price = (amount / line.quantity).quantize(FEN)
    if price * line.quantity != amount:
        line.quantity, line.unit, price = Decimal(1), "", amount
    line.price = price


def check_is_latest(seen: Version, last: Version | None) -> None:
    """House rule: money moves from the approved version on, while no other one is being written.
    Raises `Refused` (`overtaken`)."""
    if last is None or last.pk != seen.pk or last.state != State.APPROVED:
        raise Refused(
            "overtaken",
            _("There is a newer version of this budget. Please go on from that one."),
        )


def check_reallocation(
    lines: Sequence[BudgetLine], changes: Mapping[UUID, Decimal], reason: str
) -> None:
    """House rule: 调剂 moves money between lines, so what some gain others lose, none goes below
    zero, and the reason is written down. Raises `Refused` (`nothing_moved`, `unbalanced`,
    `below_zero`, `no_reason`)."""
    if not any(changes.values()):
        raise Refused("nothing_moved", _("Write beside the lines how much more or less they get."))
    if rest := sum(changes.values(), NOTHING):
        raise Refused(
            "unbalanced",
            _("What is taken and what is given differ by %(rest)s. They must be the same.")
            % {"rest": figures(abs(rest))},
        )
    for line in lines:
        check_stays_above_zero(line, changes.get(line.key, NOTHING))
    if not reason.strip():
        raise Refused("no_reason", _("Please write why: it is reviewed."), "reason")


def check_stays_above_zero(line: BudgetLine, change: Decimal) -> None:
    """House rule: a line gives away no more than it has. Raises `Refused` (`below_zero`)."""
    if line.amount + change < 0:
        raise Refused(
            "below_zero",
            _("“%(title)s” has %(amount)s; no more can be taken from it.")
            % {"title": line.title, "amount": figures(line.amount)},
        )
