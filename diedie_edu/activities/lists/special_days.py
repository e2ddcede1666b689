"""Special days in a list: a year's days off and make-up workdays, once they are published."""

from datetime import date, datetime
from operator import methodcaller

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions.days import close_day
from diedie_edu.common.calendar import SpecialDayKind
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.lists.actions.tables import keep_row
from diedie_edu.lists.tables import table_kind
from diedie_edu.venues.models import SpecialDay

KINDS = {
    SpecialDayKind.OFF: "假日 | holiday | 放假",
    SpecialDayKind.WORKING: "调休上班 | make-up working day | 上班",
    SpecialDayKind.CLOSED: "停课 | closed",
}
COLUMNS = [
    Column("day", "日期 | Day | 日子", CellType.DATE, required=True, example=date(2026, 10, 1)),
    Column(
        "kind", "类型 | Kind of day | 类别 | 安排", CellType.CHOICE, required=True, choices=KINDS
    ),
    Column("reason", "原因 | Reason | 说明 | 名称 | 节日 | 节假日 | 备注", max_length=60),
]


def keep_day(*, row: SpecialDay, by: User, now: datetime) -> None:
    """A day that a list closes is closed for everybody, as on its own page."""
    if row.kind == SpecialDayKind.CLOSED:
        close_day(day=row.day, reason=row.reason, by=by, now=now)
    else:
        keep_row(row=row, by=by, now=now)


SPECIAL_DAYS_LIST = table_kind(
    SpecialDay,
    ["day"],
    methodcaller("get_kind_display"),
    keep=keep_day,
    slug="days",
    title=_("Special days"),
    permission=Permission.KEEP_CALENDAR,
    columns=lambda _today: COLUMNS,
    headings=(_("Day"), _("Kind of day")),
)
