"""The columns that lists of applicants and of students share. Names, phones and numbers go out
covered; whole they are only in the list that is asked for with a reason (`views.lists`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered, name_key
from diedie_edu.common.phones import masked
from diedie_edu.common.spreadsheets.columns import CellType, Column, comparable
from diedie_edu.people.lists.known import phone_or_covered
from edu_base.models import Application, Belonging, Intake, Schooling

SCHOOLINGS = {
    Schooling.PRIMARY: "小学 | primary school | 小学毕业",
    Schooling.JUNIOR: "初中 | junior secondary school | 初级中学 | 初中毕业",
    Schooling.VOCATIONAL: "中职 | secondary vocational school | 中专 | 职高 | 技校",
    Schooling.SENIOR: "高中 | senior secondary school | 高中毕业 | 普通高中",
    Schooling.COLLEGE: "大专及以上 | a college or university | 大专 | 本科",
}
BELONGINGS = {
    Belonging.REGISTERED: "户籍 | registered household (hukou) here | 本社区户籍",
    Belonging.LIVES: "常住 | lives here permanently | 居住",
    Belonging.WORKS: "在社区企业工作 | works in an enterprise here | 务工",
}


def of_person(name: str) -> Callable[[Application], Any]:
    return lambda row: getattr(row.person, name) if row.person else None


@dataclass(frozen=True)
class OnlyWhole(Column):
    only_whole: bool = True


NUMBER = Column(
    "number", "申请编号 | No. of the application", CellType.INTEGER, value=attrgetter("pk")
)
NAME = Column(
    "full_name",
    ("姓名 | Full name | 学生姓名 | 申请人姓名 | 申请人 | 本人姓名 | 学员姓名 | 真实姓名"),
    required=True,
    max_length=50,
    value=of_person("full_name"),
    covered=covered,
    example="陈小明 | Chen Xiaoming",
)
PHONE = Column(
    "phone",
    (
        "联系电话 | Phone | 手机 | 电话 | 手机号 | 手机号码 | 电话号码"
        " | 联系方式 | 本人电话 | 本人手机 | 移动电话"
    ),
    clean=phone_or_covered,
    value=of_person("phone"),
    covered=masked,
    example="13800000000",  # given to nobody
)
INTAKE = Column(
    "intake",
    "招生班 | Class | 班级 | 班 | 班别 | 报读班级",
    required=True,
    fills_down=True,
    value=attrgetter("intake.title_zh"),
    help=_("As it stands in the admin site; of an earlier year, enter it there first."),
)
YEAR = Column(
    "year", "年度 | Year | 年份 | 年级 | 届", CellType.INTEGER, fills_down=True, example=2026
)


def birth_date(clean: Callable[[date], date], **more: Any) -> Column:
    return OnlyWhole(
        "birth_date",
        "出生日期 | Date of birth | 出生年月 | 出生年月日 | 出生时间 | 生日",
        CellType.DATE,
        clean=clean,
        value=of_person("birth_date"),
        example=date(2006, 5, 4),
        **more,
    )


def of_number(here: Mapping[int, Application], number: int, name: str) -> Application:
    """The one with this number and name, which may be covered. Raises `Refused` (`unknown`)."""
    found = here.get(number)
    own = found.person.full_name if found and found.person else ""
    keys = {name_key(words) for words in (own, covered(own)) if words}
    if found is None or name_key(name) not in keys:
        raise Refused("unknown", _NO_APPLICATION, "number")
    return found


class KnownIntakes:
    """Classes by their year and either of their names."""

    @cached_property
    def _rows(self) -> dict[tuple[int, str], Intake]:
        rows = Intake.objects.select_related("scheme_year")
        return {
            (row.year, comparable(title)): row
            for row in rows
            for title in (row.title_zh, row.title_en)
            if title
        }

    def one(self, year: int | None, title: str) -> Intake:
        """Raises `Refused` (`intake_unknown`)."""
        found = self._rows.get((year or 0, comparable(title)))
        if found is None:
            raise Refused("intake_unknown", _UNKNOWN, "intake")
        return found


_UNKNOWN = _("There is no class of this name in this year. Correct it, or first enter the class.")
_NO_APPLICATION = _(
    "There is no application with this number and name. Take both from the exported list."
)
