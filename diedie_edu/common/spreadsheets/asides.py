"""Lines on a sheet that are none of its list: sums, signatures, notes, page numbers, titles once
more. Whoever loads the list is told of each; where it is not certain, they say what it is."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum, auto
from typing import Any

from django.utils.text import Truncator

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.cells import is_blank, parser_of
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.header import Header

LONGEST_NAME = 12
LONGEST_SUM_WORD = 8
LONGEST_SHOWN = 60
SUMS = re.compile(r"(小计|合计|总计|共计|总额|subtotal|total)$")
_SUM = re.compile(
    r"\D{0,6}(?:小计|合计|总计|共计|累计|总额|总数|总人数|subtotal|total|sum)[:]?"
    r"(?:[\d,.]+\D{0,4})*|(?:共|总共|一共|共有|共计|合共)\d+\D{0,8}(?:\d+\D{0,8})*"
)
_END = re.compile(
    r"(?:以下|此页|本页|下面|以上)(?:为|是|均)?(?:空白|无正文|无内容|无数据|无|略|空)(?:页|行)?"
    r"|空白|正文完|完|完毕|结束|全文完|表完|end"
)
_PAGE = re.compile(
    r"第?\d+页[,;/]?(?:[共/]?\d+页)?|共\d+页[,;/]?(?:第\d+页)?|第\d+/\d+页|page\d+(?:of\d+)?|续表|续上表|转下页|接上页|承前页|过次页"
)
_DOES = (
    "制表|填表|填报|填写|审核|复核|审批|审签|批准|核对|校对|登记|统计|经办|记录|录入|负责|主管|领导|报送|上报"
    "|编制|汇总|整理|经手|验收|证明|联系|监督|签收|交表|收表|报告|采集|调查|签字|签名|签章|盖章|公章|单位|部门"
    "|社区|居委会|村委会|街道|学校|班主任|校长|书记|主任|科长|会计|出纳|项目|活动|分管|组长|楼长|网格员"
)
_SIGNED = re.compile(
    rf"(?:{_DOES})+(?:人员|人|员|者|日期|时间|意见|方|电话)?(?:签字|签名|签章|盖章|公章)?"
    rf"(?P<colon>:.*)?"
)
_ENDS_SIGNED = re.compile("(?:人|员|者|日期|时间|意见|电话|签字|签名|签章|盖章|公章)$")
_NOTE = re.compile(
    r"(?:备注|说明|附注|注|注意|注意事项|(?:填表|填写|填报|制表|使用)?说明|温馨提示|提示|提醒|附|备|特此说明"
    r"|note|notes|remark|remarks)\d{0,2}(?P<colon>[:].*|[、.].*)?",
    re.DOTALL,
)
_CONTACT = re.compile(
    r"(?:[^:]{0,4}(?:日期|时间|电话|手机|传真|地址|邮箱|网址|微信|qq|联系人|单位|地点))(?P<colon>[:].*)",
    re.DOTALL,
)
_DAY = re.compile(
    r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?|年月日|[二〇○零一二三四五六七八九十]{4}年.{1,3}月.{1,3}日"
)
_HEADING = re.compile(
    r"第?[\d一二三四五六七八九十]{1,3}(?:号)?(?:组|小组|班|网格|片区|栋|座|幢|支部|队)(?:名单|人员)?[:]?"
)
_SENTENCE = re.compile(r"[。;!?]|[^·]{16}", re.DOTALL)
# Nobody's part or remark beside a name.
_STRONG = re.compile(
    r"制表|填表|填报|审核|复核|审批|批准|核对|校对|统计|报送|上报|编制|汇总|登记|以下|以上|此页|第?\d|共|续|转|page"
    r"|\D{0,6}(?:小计|合计|总计|共计|累计|总额|总数|subtotal|total|sum)|.*:"
)
# What is in every label: a quick look that spares the rest of nearly all rows.
_HINT = re.compile(
    "[计共总额页完表人员者字名章期注备附:：]|空白|无正文|无内容|以下|结束|时间|意见|电话|手机|说明|提示|提醒"
    "|end|note|page|remark|sum|total",
    re.IGNORECASE,
)
_TRIM = re.compile(r"^[-—–_=~·•*#<>/\\|.]+|[-—–_=~·•*#<>/\\|]+$|[()\[\]【】〔〕《》]")
_BESIDE = re.compile(r"(?:[^:]{0,4}(?:日期|时间|电话|手机)|年|月|日|签字|签名|盖章)[:]?|[_:]+")
_NUMBER = re.compile(r"[-+]?[\d,.]+(?:%|元|人|户|名|位|个|份|条|项|次|家|页|天|小时)?")


class Line(Enum):
    ROW = auto()
    ASIDE = auto()
    DOUBT = auto()


def said(cell: Any) -> str:
    """A cell's text as it is compared: without spaces and what stands around it for looks."""
    text = "".join(unicodedata.normalize("NFKC", str(cell)).split()).casefold()
    return _TRIM.sub("", text)


def sum_word(cells: Sequence[Any]) -> str:
    """What a row of a sum calls itself, beside its category or alone: 合 计： is 合计."""
    words = [said(cell).rstrip(":") for cell in cells if isinstance(cell, str) if cell.strip()]
    found = (SUMS.search(word) for word in words[:3] if len(word) <= LONGEST_SUM_WORD)
    return next((match[0] for match in found if match), "")


def is_label(text: str) -> bool:
    """Whether a cell (as `said`) is what no row of a list begins with."""
    if any(one.fullmatch(text) for one in (_SUM, _END, _PAGE, _NOTE, _CONTACT)):
        return True
    signed = _SIGNED.fullmatch(text)
    return bool(signed and (signed["colon"] or _ENDS_SIGNED.search(text)))


def spoken(cells: Sequence[Any], is_whole: bool) -> str:
    """What a line says, shortened; for readers who may not see it `is_whole`, the words alone by
    which it is known as none of the list."""
    texts = [" ".join(str(cell).split()) for cell in cells if not is_blank(cell)]
    if not is_whole:
        labels = [text for text in texts if is_label(said(text))]
        texts = [re.split("[:：]", text)[0] for text in labels]
    return Truncator(" ".join(texts)).chars(LONGEST_SHOWN)


class Asides:
    """Tells the lines of one sheet."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.required = {
            n: parser_of(column)
            for n, column in header.columns.items()
            if column.required and not column.unless
        }
        self.typed = {
            n: parser_of(column)
            for n, column in header.columns.items()
            if column.type not in (CellType.TEXT, CellType.INTEGER, CellType.AMOUNT)
        }
        self.ends = dict(header.sheet.merged)

    def kind(self, number: int, cells: Sequence[Any]) -> Line:
        """What the filled row of this number is."""
        if self._is_plainly_a_row(number, cells):
            return Line.ROW
        if self.header.is_repeated_by(cells):
            return Line.ASIDE
        filled = [(n, said(cell)) for n, cell in enumerate(cells) if not is_blank(cell)]
        if len(filled) == 1:
            return self._alone(number, cells, *filled[0])
        labels = {n for n, text in filled if is_label(text)}
        if not labels:
            is_first = number == self.header.row + 1
            return Line.DOUBT if is_first and _counts_columns(filled) else Line.ROW
        is_whole = self._is_whole(cells, labels)
        lead = self._lead(filled)
        if lead not in labels:
            if is_whole or len([n for n, text in filled if n < min(labels) and n != lead]) > 1:
                return Line.ROW
            return Line.DOUBT if self._has_value(cells, labels) else Line.ASIDE
        if is_whole and self._is_at_home(lead, cells[lead]):
            return Line.ROW  # a remark before the columns that make a row
        rest = [(n, text) for n, text in filled if n not in labels]
        is_sure = not is_whole or bool(_STRONG.match(dict(filled)[lead]))
        is_sure &= all(self._goes_along(n, text, dict(filled), labels) for n, text in rest)
        return Line.ASIDE if is_sure and not self._has_value(cells, labels) else Line.DOUBT

    def _alone(self, number: int, cells: Sequence[Any], index: int, text: str) -> Line:
        """The only filled cell of its row."""
        column = self.header.columns.get(index)
        if is_label(text) or self._spans(number, index):
            return Line.ASIDE
        if isinstance(cells[index], date) or _DAY.fullmatch(text):
            return Line.ROW if column and column.type is CellType.DATE else Line.ASIDE
        is_one_of_several = len(self.header.columns) > 1 and isinstance(cells[index], str)
        if is_one_of_several and _is_heading_or_sentence(text, column):
            return Line.DOUBT
        return Line.ROW

    def _is_whole(self, cells: Sequence[Any], labels: set[int]) -> bool:
        """Whether all that a row must have is there and can be read."""
        return all(
            n < len(cells) and n not in labels and _reads(parse, cells[n])
            for n, parse in self.required.items()
        )

    def _is_at_home(self, index: int, cell: Any) -> bool:
        """Whether a word stands in a column where it may."""
        column = self.header.columns.get(index)
        return column is not None and not column.required and _reads(parser_of(column), cell)

    def _is_plainly_a_row(self, number: int, cells: Sequence[Any]) -> bool:
        texts = [cell for cell in cells if isinstance(cell, str) and not is_blank(cell)][:3]
        if len(texts) < 2 or number == self.header.row + 1:
            return False
        return not _HINT.search("\n".join(texts)) and not self.header.is_word(texts[0])

    def _lead(self, filled: Sequence[tuple[int, str]]) -> int:
        """The first cell that is no number of the row."""
        for n, text in filled:
            if n in self.header.columns or not _NUMBER.fullmatch(text):
                return n
        return filled[0][0]

    def _spans(self, number: int, index: int) -> bool:
        """Whether a merged cell goes over most of the list: a heading, or a note."""
        _row, last = self.ends.get((number - 1, index), (0, index))
        columns = self.header.columns
        covered = [n for n in columns if index <= n <= last]
        return last - index >= 2 and 2 * len(covered) > len(columns)

    def _goes_along(self, index: int, text: str, texts: dict[int, str], labels: set[int]) -> bool:
        """Whether a cell of a line that begins with a label belongs to it: a number, a day, the
        name behind 制表人."""
        if any(one.fullmatch(text) for one in (_NUMBER, _DAY, _BESIDE)):
            return True
        before = max((n for n in texts if n < index), default=-1)
        return before in labels and len(text) <= LONGEST_NAME

    def _has_value(self, cells: Sequence[Any], labels: set[int]) -> bool:
        """Whether a column of phones, days or choices has one: then it may be a row after all. Not
        behind a colon, for no name ends with one."""
        for n, parse in self.typed.items():
            if n in labels or n >= len(cells) or is_blank(cells[n]):
                continue
            before = max((label for label in labels if label < n), default=-1)
            is_behind = before >= 0 and ":" in said(cells[before])
            is_beside = n > 0 and _BESIDE.fullmatch(said(cells[n - 1]))
            if not is_behind and not is_beside and _reads(parse, cells[n]):
                return True
        return False


def _is_heading_or_sentence(text: str, column: Column | None) -> bool:
    """Not where sentences are at home."""
    is_long = column and column.type is CellType.TEXT and (column.max_length or 1000) > 100
    return bool(_HEADING.fullmatch(text) or (_SENTENCE.search(text) and not is_long))


def _reads(parse: Callable[[Any], Any], cell: Any) -> bool:
    try:
        parse(cell)
    except Refused:
        return False
    return True


def _counts_columns(filled: Sequence[tuple[int, str]]) -> bool:
    """A line of forms below the titles that numbers them: 甲, 1, 2, 3."""
    words = [text for _n, text in filled if text not in ("甲", "乙", "丙", "丁", "栏次")]
    numbers = [text.removesuffix(".0") for text in words]
    return len(numbers) >= 3 and numbers == [*map(str, range(1, len(numbers) + 1))]
