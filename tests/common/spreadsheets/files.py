"""A list of residents, and the files in which offices send such lists."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from diedie_edu.common.names import clean_name
from diedie_edu.common.spreadsheets.columns import CellType, Column, all_words
from diedie_edu.common.spreadsheets.reader import read_table

NAME = Column(
    "name",
    "姓名 | Full name",
    required=True,
    max_length=50,
    clean=clean_name,
    example="陈建城 | Chen Jiancheng",
)
PHONE = Column("phone", "联系电话 | Phone | 手机", CellType.PHONE, example="13800138000")
HOUSEHOLD = Column("household", "户 | Household", fills_down=True, example="12-3-501")
GENDER = Column(
    "gender",
    "性别 | Gender",
    CellType.CHOICE,
    choices={"f": "女 | female", "m": "男 | male"},
    example="m",
)
BORN = Column("born", "出生日期 | Date of birth", CellType.DATE)
SEATS = Column("seats", "人数 | Seats", CellType.INTEGER)
PRICE = Column("price", "单价 | Price", CellType.AMOUNT)
SMS = Column("sms", "接收短信 | Wants SMS", CellType.BOOLEAN)
TOPICS = Column(
    "topics",
    "专题 | Topics",
    CellType.CHOICES,
    choices={"painting": "绘画 | painting", "calligraphy": "书法 | calligraphy"},
)
NUMBER = Column("number", "证件号码 | ID number", max_length=18)
COLUMNS = [NAME, PHONE, HOUSEHOLD, GENDER, BORN, SEATS, PRICE, SMS, TOPICS, NUMBER]
LIST = ("姓名", "联系电话")


def xlsx(*rows: Sequence[Any], sheet: str = "居民", more: Callable[[Workbook], Any] = id) -> bytes:
    """A workbook with one sheet of rows; `more` may go on with it."""
    workbook = Workbook()
    page = workbook.active
    page.title = sheet
    for row in rows:
        page.append(row)
    more(workbook)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def page_of(workbook: Workbook) -> Worksheet:
    return workbook.worksheets[0]


def zipped(**members: bytes) -> bytes:
    """A ZIP of the members; "xl__workbook.xml" is xl/workbook.xml."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def with_member(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with the bytes of one of its members changed."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for member in old.namelist():
            data = old.read(member)
            new.writestr(member, change(data) if member == name else data)
    return file.getvalue()


def values(content: bytes, columns: Sequence[Column] = COLUMNS) -> list[dict[str, Any]]:
    """The rows of a list that has no faults."""
    table = read_table(content, columns)
    assert not list(map(str, table.faults))
    return [row.values for row in table.rows]


def faults(content: bytes, columns: Sequence[Column] = COLUMNS) -> list[str]:
    """The faults of a list as a person reads them."""
    return list(map(str, read_table(content, columns).faults))


def cell(column: Column, content: Any) -> Any:
    """What one cell of a column comes to, in a list that is otherwise in order."""
    [row] = values(xlsx(["姓名", all_words(column.titles)[0]], ["陈建城", content]))
    return row[column.code]
