"""The schools' register, one line for a child and up to two guardians, as a list of residents: the
guardians come in, and of the child nothing is taken."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.names import clean_name, name_key
from diedie_edu.common.phones import phone_key
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import Layout

_WHOSE = ("成员", "家长", "监护人", "家庭成员", "家庭成员或监护人", "父母")
_PHONES = ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码")


def _titles(number: int, name: str, words: Iterable[str]) -> str:
    numbers = (str(number), "一二"[number - 1])
    said = [f"{whose}{one}{word}" for whose in _WHOSE for one in numbers for word in words]
    said += [f"第{numbers[1]}{whose}{word}" for whose in ("家长", "监护人") for word in words]
    if number == 1:
        said += [f"{whose}{word}" for whose in ("家长", "监护人") for word in words]
    return " | ".join([said[0], name, *said[1:]])


COLUMNS = [
    Column("pupil", "学生姓名 | Pupil's name | 孩子姓名 | 儿童姓名 | 幼儿姓名 | 小孩姓名 | 学生"),
    Column("full_name", _titles(1, "Guardian 1", ["姓名"]), clean=clean_name),
    Column("phone", _titles(1, "Phone of guardian 1", _PHONES), CellType.PHONE),
    Column("second_name", _titles(2, "Guardian 2", ["姓名"]), clean=clean_name),
    Column("second_phone", _titles(2, "Phone of guardian 2", _PHONES), CellType.PHONE),
]


def guardians_of(rows: Iterable[Row]) -> Iterator[Row]:
    """Each once, though they have several children in the list."""
    seen = set()
    for row in rows:
        for name, phone in (("full_name", "phone"), ("second_name", "second_phone")):
            told = row.values.get(name) or "", row.values.get(phone) or ""
            key = name_key(told[0]), phone_key(told[1])
            if told[0] and key not in seen:
                seen.add(key)
                yield Row(row.number, {"full_name": told[0], "phone": told[1]})


REGISTER = Layout(
    columns=lambda _today: COLUMNS,
    needs=frozenset(["pupil", "full_name"]),
    keeps=frozenset(["full_name", "phone", "second_name", "second_phone"]),
    rows=guardians_of,
    note=_(
        "This is a register of pupils. Their guardians come in; of the children nothing is taken "
        "or kept: a guardian enrols them and gives consent first, at the 4:30 school."
    ),
)
