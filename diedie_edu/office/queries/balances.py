"""What was approved, promised and spent: of each line, category and budget; one query for any
number of budgets, and one for each source of money kept elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from diedie_edu.common.manifests import parts_of
from diedie_edu.office.models import Category, Document, State
from diedie_edu.office.models.money_sql import PROMISED, SPENT, of_item
from diedie_edu.office.parts import MoneySource
from diedie_edu.office.rules.balances import Money, total

# Each item in the words of the version in force, or else of the last one.
ITEMS = f"""
    SELECT i.id, i.document_id,
        coalesce(line.title, ''), coalesce(line.category, 'other'), line.state,
        CASE WHEN line.state = 'approved' THEN line.amount ELSE 0 END,
        {of_item(PROMISED, "i.id")}, {of_item(SPENT, "i.id")},
        (SELECT coalesce(sum(amount), 0) FROM office_expense
         WHERE item_id = i.id AND stands AND reason <> '' AND signed_at IS NULL)
    FROM office_budgetitem i
    LEFT JOIN LATERAL (
        SELECT l.title, l.category, l.amount, l.position, v.state
        FROM office_budgetline l JOIN office_version v ON v.id = l.version_id
        WHERE l.item_id = i.id ORDER BY v.state = 'approved' DESC, v.number DESC LIMIT 1
    ) line ON true
    WHERE i.document_id = ANY(%s) ORDER BY line.position, i.id
"""  # nosec B608 (constants of the code)
UNSEEN = (None, "superseded", "revoked")


@dataclass(frozen=True)
class LineBalance:
    """An item of a budget, in the words of the version that counts; where none is approved yet,
    nothing of its `money` is."""

    item: int
    title: str
    category: str
    state: str | None
    money: Money

    @property
    def is_approved(self) -> bool:
        return self.state == State.APPROVED

    @property
    def is_shown(self) -> bool:
        """A line that no version has any more is shown as long as there is money on it."""
        return self.state not in UNSEEN or bool(self.money.used)

    @property
    def category_label(self) -> str:
        return str(Category(self.category).label)


@dataclass(frozen=True)
class Budget:
    """A budget with its items, those that no version has any more among them."""

    document: Document
    items: list[LineBalance]

    @property
    def lines(self) -> list[LineBalance]:
        return [line for line in self.items if line.is_shown]

    @property
    def money(self) -> Money:
        return total(line.money for line in self.lines)

    @property
    def categories(self) -> list[tuple[str, Money]]:
        """The sums of each category that has a line, in their order."""
        found: dict[str, Money] = {}
        for line in self.lines:
            found[line.category] = found.get(line.category, Money()) + line.money
        return [(str(one.label), found[one]) for one in Category if one in found]

    @property
    def warnings(self) -> list[LineBalance]:
        """Lines that are nearly used up, used up, or above."""
        return [line for line in self.lines if line.money.tone != "leaf"]

    def line(self, item: int) -> LineBalance:
        """Raises `StopIteration` where the item is of another budget."""
        return next(line for line in self.items if line.item == item)


def budgets(documents: Iterable[Document]) -> list[Budget]:
    """Some budgets with their lines, in the same order."""
    wanted = list(documents)
    rows = _rows([document.pk for document in wanted])
    elsewhere = _elsewhere([row[0] for row in rows])
    found: dict[int, list[LineBalance]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(_line(row, elsewhere))
    return [Budget(document, found.get(document.pk, [])) for document in wanted]


def budget(document: Document) -> Budget:
    [found] = budgets([document])
    return found


def _rows(documents: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [documents])
        return list(cursor.fetchall())


def _elsewhere(items: list[int]) -> Mapping[int, Money]:
    found: dict[int, Money] = {}
    for source in parts_of(MoneySource):
        for item, one in source.of(items).items():
            money = Money(promised=one.promised, spent=one.spent)
            found[item] = found.get(item, Money()) + money
    return found


def _line(row: tuple[Any, ...], elsewhere: Mapping[int, Money]) -> LineBalance:
    item, _document, title, category, state, *sums = row
    money = Money(*map(Decimal, sums)) + elsewhere.get(item, Money())
    return LineBalance(item, title or _("a line that was dropped"), category, state, money)
