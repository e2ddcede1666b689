"""Attendance in a list: who came, and a sign-in sheet that was filled in on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions.offers import lock_activities
from diedie_edu.activities.lists.sign_ups import MOST_ROWS
from diedie_edu.activities.models import Activity, Attendance, Occasion, SignUp
from diedie_edu.activities.traits import programmes_kept_by
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column, through
from diedie_edu.common.spreadsheets.outgoing import Found
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.door.actions import arrivals
from diedie_edu.door.queries import attendance
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.lists.known import WHO, KnownGrownUps
from diedie_edu.people.queries import is_grown

OCCASION = Column(
    "occasion",
    "场次编号 | No. of the occasion | 场次号 | 场次",
    CellType.INTEGER,
    required=True,
    fills_down=True,
    value=attrgetter("occasion_id"),
    help=_("From an exported list of attendance."),
    example=12,
)
COLUMNS = [
    OCCASION,
    *through("resident", *WHO),
    Column(
        "came",
        (
            "到场 | Came | 签到 | 是否到场 | 是否签到 | 是否到 | 是否出席"
            " | 是否出勤 | 出勤 | 出席 | 考勤 | 到课 | 到会 | 出席情况 | 到场情况"
            " | 签到情况 | 出勤情况 | 参加情况 | 到课情况"
        ),
        CellType.BOOLEAN,
        value=lambda row: row.came or None,
        example=True,
    ),
    Column("title", "活动名称 | Activity", is_read=False),
    Column(
        "day",
        "日期 | Day",
        CellType.DATE,
        value=lambda row: local_day(row.starts_at),
        is_read=False,
    ),
]


def attendance_to_list(user: User, today: date) -> Found:
    """Everybody grown-up with a seat or who came, occasion by occasion, in the programmes whose
    register the reader keeps."""
    return _rows(_own_occasions(user), today)


def attendance_of(user: User, today: date, activity: int) -> Found | None:
    """The same of one activity (its number), None where it is not the reader's."""
    own = _own_occasions(user).filter(activity=activity)
    return _rows(own, today) if own.exists() else None


def _own_occasions(user: User) -> QuerySet[Occasion]:
    own = within(Occasion.objects, programmes_kept_by(user))
    return own.filter(activity__is_ongoing=False)


def _rows(occasions: QuerySet[Occasion], today: date) -> Found:
    """Those with a seat first, then those who came without one; both have what the columns read."""
    grown, seated = is_grown(today, "resident__"), SignUp.Status.SEATED
    came = Attendance.objects.filter(occasion=OuterRef("occasion_id"))
    seats = (
        SignUp.objects.filter(grown, status=seated, activity__occasions__in=occasions)
        .annotate(occasion_id=F("activity__occasions"), title=F("activity__title"))
        .annotate(starts_at=F("activity__occasions__starts_at"))
        .annotate(came=Exists(came.filter(resident=OuterRef("resident"))))
        .select_related("resident")
        .order_by("starts_at", "occasion_id", "resident__sort_key", "pk")
    )
    own_seat = SignUp.objects.filter(
        activity=OuterRef("occasion__activity"), resident=OuterRef("resident"), status=seated
    )
    others = (
        Attendance.objects.filter(grown, ~Exists(own_seat), occasion__in=occasions)
        .exclude(resident=None)
        .annotate(title=F("occasion__activity__title"), starts_at=F("occasion__starts_at"))
        .annotate(came=Value(True))
        .select_related("resident")
        .order_by("occasion", "pk")
    )
    return Found([seats, others])


@dataclass
class ArrivalEntry(Entry):
    resident: Any = None
    occasion: Any = None


class AttendancePlan(RowByRow):
    """Who came is entered as at the door; an empty cell or a no enters nobody."""

    def prepare(self) -> None:
        rows = self.table.rows
        self.known = KnownGrownUps(rows, local_day(self.now))
        own = attendance.occasions_of(programmes_kept_by(self.by))
        self.occasions = own.in_bulk({row.values["occasion"] for row in rows})
        here = Attendance.objects.filter(occasion__in=self.occasions)
        self.here = set(here.values_list("occasion", "resident"))

    def shown(self, entry: ArrivalEntry) -> tuple[str, str]:
        return self.name(entry.resident.full_name), entry.occasion.activity.title

    def entry(self, row: Row) -> ArrivalEntry:
        occasion = self.occasions.get(row.values["occasion"])
        if occasion is None:
            raise Refused("occasion_unknown", _OCCASION_UNKNOWN, "occasion")
        resident, came = self.known.find(row), row.values.get("came")
        key = (occasion.pk, resident.pk)
        self.check_alone(row, key, _TWIN)
        if came is False and key in self.here:
            raise Refused("came_already", _CAME_ALREADY, "came")
        return ArrivalEntry(row, bool(came) and key not in self.here, [], resident, occasion)

    def lock(self) -> None:
        lock_activities(Activity.objects.filter(occasions__in=self.occasions))

    def carry_out(self, entry: ArrivalEntry, by: User, now: datetime) -> None:
        arrivals.let_in(occasion=entry.occasion, resident=entry.resident, by=by, now=now)


_OCCASION_UNKNOWN = _("No occasion of yours has this number. Export the list of attendance anew.")
_TWIN = _("Row {row} is about the same person and occasion. Keep only one of the two rows.")
_CAME_ALREADY = _(
    "The register has this person as present. If that was a mistake, take it back at the door page."
)


ATTENDANCE_LIST = ListKind(
    slug="attendance",
    title=_("Attendance"),
    permission=Permission.KEEP_REGISTER,
    columns=lambda _today: COLUMNS,
    rows=attendance_to_list,
    rows_of=attendance_of,
    plan=AttendancePlan,
    headings=(_("Person"), _("Activity")),
    seen_at="admin:activities_attendance_changelist",
    max_rows=MOST_ROWS,
)
