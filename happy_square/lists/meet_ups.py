"""Meet-ups in a list: what took place, and guests and notes that were kept on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow, take
from happy_square.actions import counting, meet_ups
from happy_square.actions.dates import lock_groups
from happy_square.models import MeetUp
from happy_square.models.groups import PROGRAMME
from happy_square.queries.counting import came_to

MOST_ROWS = 500
COLUMNS = [
    Column(
        "occasion",
        "场次编号 | No. of the occasion | 场次号 | 场次",
        CellType.INTEGER,
        required=True,
        value=attrgetter("pk"),
        help=_("From an exported list of meet-ups."),
        example=12,
    ),
    Column(
        "guests", "访客人数 | Guests | 访客 | 客人数 | 客人 | 围观人数", CellType.INTEGER, example=3
    ),
    Column("note", "活动记录 | What was done | 活动内容 | 记录", max_length=200),
    Column("group", "队伍 | Group", value=attrgetter("group.title"), is_read=False),
    Column(
        "day",
        "日期 | Day",
        CellType.DATE,
        value=lambda row: local(row.occasion.starts_at).date(),
        is_read=False,
    ),
    Column(
        "starts",
        "开始 | Begins at",
        CellType.TIME,
        value=lambda row: local(row.occasion.starts_at).time(),
        is_read=False,
    ),
    Column("venue", "场地 | Venue", value=attrgetter("occasion.venue.title"), is_read=False),
    Column("came", "到场成员 | Members who came", CellType.INTEGER, is_read=False),
    Column("off_reason", "取消原因 | Why it was called off", is_read=False),
]


def meet_ups_to_list(user: User, today: date) -> QuerySet[Any]:
    """All, the latest first."""
    rows = MeetUp.objects.select_related("group", "occasion__venue")
    return rows.annotate(came=Count("occasion__attendances")).order_by("-occasion__starts_at", "pk")


def meet_ups_of(user: User, today: date, group: int) -> QuerySet[Any] | None:
    """Those of one group (its number), None where it has none."""
    own = meet_ups_to_list(user, today).filter(group=group)
    return own if own.exists() else None


@dataclass
class MeetUpEntry(Entry):
    meet_up: Any = None


class MeetUpsPlan(RowByRow):
    """Guests are counted as on the page of the headcount, beside those who are in it already."""

    def prepare(self) -> None:
        numbers = {row.values["occasion"] for row in self.table.rows}
        rows = MeetUp.objects.select_related("group", "occasion")
        self.meet_ups = rows.in_bulk(numbers)

    def shown(self, entry: MeetUpEntry) -> tuple[str, str]:
        day = local(entry.meet_up.occasion.starts_at)
        return entry.meet_up.group.title, f"{day:%Y-%m-%d %H:%M}"

    def entry(self, row: Row) -> MeetUpEntry:
        meet_up = self.meet_ups.get(row.values["occasion"])
        if meet_up is None:
            raise Refused("occasion_unknown", _UNKNOWN, "occasion")
        self.check_alone(row, meet_up.pk, _TWIN, "occasion")
        return MeetUpEntry(row, False, take(meet_up, row.values, ("guests", "note")), meet_up)

    def lock(self) -> None:
        lock_groups({row.group_id for row in self.meet_ups.values()})

    def carry_out(self, entry: MeetUpEntry, by: User, now: datetime) -> None:
        row, values = entry.meet_up, entry.row.values
        if "guests" in entry.changes:
            who = came_to(row)
            counting.count(meet_up=row, came=who, guests=values["guests"], by=by, now=now)
        if "note" in entry.changes:
            meet_ups.write_note(meet_up=row, note=values["note"], by=by, now=now)


_UNKNOWN = _("No meet-up has this number. Export the list anew and enter the numbers there.")
_TWIN = _("Row {row} is about the same meet-up. Keep only one of the two rows.")


MEET_UPS_LIST = ListKind(
    slug="meetups",
    title=_("Meet-ups of groups"),
    permission=Permission.PLAN_ACTIVITIES,
    programme=PROGRAMME,
    columns=lambda _today: COLUMNS,
    rows=meet_ups_to_list,
    rows_of=meet_ups_of,
    plan=MeetUpsPlan,
    headings=(_("Group"), _("When")),
    seen_at="happy_square:week",
    max_rows=MOST_ROWS,
    names_people=False,
)
