"""An office's own sheet of a budget: its lines, and its sums compared with them.

Above the titles may stand whatever; categories may be merged cells; 小计, 合计, 总计 and what is
signed below are none of the lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.money import figures, times
from diedie_edu.common.spreadsheets.asides import Line, sum_word
from diedie_edu.common.spreadsheets.cells import is_blank, parser_of
from diedie_edu.common.spreadsheets.columns import CellType, Column, comparable
from diedie_edu.common.spreadsheets.reader import Row, Table, read_table
from diedie_edu.office.models import BudgetLine, Category
from diedie_edu.office.rules.budgets import MOST_LINES, NOTHING, check_amount, set_amount

# What offices call the categories; a word that fits two of them is asked for.
WORDS = {
    Category.VENUE: "场地|场租|会场|会议室|venue|room",
    Category.SPEAKER: "讲师|讲课|授课|师资|课酬|专家|老师|speaker|teacher",
    Category.MATERIALS: "物资|材料|物料|耗材|用品|采购|教材|文具|器材|material",
    Category.PUBLICITY: "宣传|印刷|海报|横幅|展板|publicity|printing",
    Category.GRANTS: "资助|补助|扶持|奖励|奖金|奖品|助学|支持|grant|support|award",
    Category.OTHER: "其他|其它|杂项|杂费|机动|不可预见|other",
}
OF_A_PART = ("小计", "subtotal")
BELOW = re.compile(
    r"(人民币)?(大写|编制人|审核人|批准人|审批人|制表人?|填表人?|说明|备注|注|drawnup|inwords)"
)

COLUMNS = [
    Column("category", "科目 | Category | 类别 | 分类 | 费用类别 | 支出科目", fills_down=True),
    Column(
        "title",
        "项目 | What for | 内容 | 明细 | 事项 | 名称 | 用途 | 支出内容 | 费用名称 | 项目名称",
        required=True,
        max_length=120,
    ),
    Column("quantity", "数量 | Quantity", CellType.AMOUNT),
    Column("unit", "单位 | Unit | 计量单位", max_length=10),
    Column("price", "单价 | Price | 单价金额", CellType.AMOUNT),
    Column("amount", "金额 | Amount | 预算金额 | 小计金额 | 预算 | 预算数", CellType.AMOUNT),
    Column("funds", "资金来源 | Source of funds | 经费来源 | 来源", fills_down=True, max_length=60),
]


@dataclass
class Sheet:
    """What was read: its lines (not stored), what is wrong with it, and where its own sums are
    not those of its lines."""

    table: Table
    lines: list[BudgetLine] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [str(fault) for fault in self.table.faults]


def read(file: bytes) -> Sheet:
    """Raises `Refused` where there is no list to read."""
    table = read_table(file, COLUMNS, max_rows=MOST_LINES, tell=line_of)
    sheet = Sheet(table)
    for row in table.rows:
        try:
            sheet.lines.append(_line(row, sheet))
        except Refused as refusal:
            table.refuse(row.number, refusal)
    if not table.faults:
        sheet.differences += _differing_sums(table)
    return sheet


def line_of(_number: int, cells: list[Any]) -> Line:
    """Nobody is asked: what is left out stands beside the lines before they are saved."""
    first = comparable(str(next((cell for cell in cells if not is_blank(cell)), "")))
    return Line.ASIDE if sum_word(cells) or BELOW.match(first) else Line.ROW


def category_of(word: str) -> str:
    """The category that a word means; empty where none does, or two do."""
    said = comparable(word)
    known = {comparable(str(category.label)): category for category in Category}
    fits = [category for category, words in WORDS.items() if re.search(words, said)]
    found = known.get(said) or (fits[0] if len(fits) == 1 else "")
    return str(found)


def _line(row: Row, sheet: Sheet) -> BudgetLine:
    values = row.values
    price: Any = values.get("price")
    amount: Any = values.get("amount")
    if price is None and amount is None:
        raise Refused("no_amount", _NO_AMOUNT, "amount")
    quantity = _quantity(values)
    check_amount(quantity, amount if price is None else price)
    line = BudgetLine(
        category=category_of(values.get("category") or ""),
        title=values["title"],
        quantity=quantity,
        unit=values.get("unit") or "",
        price=price,
        funds=values.get("funds") or "",
    )
    if price is None:
        set_amount(line, amount)
    elif amount not in (None, times(quantity, price)):
        place = {"row": row.number, "there": figures(amount)}
        place["here"] = figures(times(quantity, price))
        sheet.differences.append(_ROW_DIFFERS % place)
    return line


def _quantity(values: dict[str, Any]) -> Decimal:
    """One, where the sheet has none."""
    told = values.get("quantity")
    return Decimal(1) if told is None else Decimal(told)


def _differing_sums(table: Table) -> Iterator[str]:
    """A sum may be that of the lines since the sum before it, or of all above it."""
    index = table.header.index_of.get("amount", -1)
    amounts = {row.number: _amount_of(row) for row in table.rows}
    since = 0
    for number, cells in table.aside.items():
        there = _sum_in(cells, index)
        if not sum_word(cells) or there is None:
            continue
        part = sum((amounts[row] for row in amounts if since < row < number), NOTHING)
        whole = sum((amounts[row] for row in amounts if row < number), NOTHING)
        since = number
        if there not in (part, whole):
            here = part if sum_word(cells) in OF_A_PART else whole
            facts = {"row": number, "there": figures(there), "here": figures(here)}
            yield _SUM_DIFFERS % facts


def _amount_of(row: Row) -> Decimal:
    """What the sheet says, else what its line comes to."""
    values = row.values
    told = values.get("amount")
    price = values.get("price") or NOTHING
    return told if told is not None else times(_quantity(values), price)


def _sum_in(cells: list[Any], index: int) -> Decimal | None:
    """The number below the amounts; where that cell has none, the last one of the row."""
    there = [cells[index]] if 0 <= index < len(cells) else []
    for cell in [*there, *reversed(cells)]:
        try:
            found: Decimal | None = parser_of(_SUM)(cell)
        except Refused:
            continue
        if found is not None:
            return found
    return None


_SUM = Column("sum", "合计 | Total", CellType.AMOUNT)
_NO_AMOUNT = _("Give the price or the amount of this line.")
_ROW_DIFFERS = _("Row %(row)s: the sheet says %(there)s, quantity times price is %(here)s.")
_SUM_DIFFERS = _("Row %(row)s: the sheet's sum is %(there)s, its lines come to %(here)s.")
