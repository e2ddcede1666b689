"""Attendance in a list: who came, and a sign-in sheet that was filled in on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.lists import CHUNK, MOST_ROWS, shown_phone
from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.activities.own_ways import programmes_kept_by
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.door.actions import arrivals
from diedie_edu.door.queries import attendance
from diedie_edu.lists.kinds import Exported, ListKind
from diedie_edu.lists.plan import Entry, RowByRow
from diedie_edu.people.lists.known import NAME, PERSON, PHONE, Known
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import is_grown

OCCASION = Column(
    "occasion",
    ("场次编号", "No. of the occasion"),
    CellType.INTEGER,
    required=True,
    fills_down=True,
    help=_("From an exported list of attendance."),
)
CAME = Column("came", ("到场", "Came", "签到"), CellType.BOOLEAN)
READ = [OCCASION, PERSON, NAME, PHONE, CAME]
# Written, and not read back.
TOLD = [Column("title", ("活动名称", "Activity")), Column("day", ("日期", "Day"), CellType.DATE)]


def exported_attendance(user: User, today: date) -> Exported:
    """Everybody grown-up with a seat or who came, occasion by occasion, in the programmes whose
    register the reader keeps."""
    return [*READ, *TOLD], _rows(_own_occasions(user), user, today)


def attendance_of(user: User, today: date, activity: int) -> Exported | None:
    """The same of one activity (its number), None where it is not the reader's."""
    own = _own_occasions(user).filter(activity=activity)
    return ([*READ, *TOLD], _rows(own, user, today)) if own.exists() else None


def _own_occasions(user: User) -> QuerySet[Occasion]:
    return Occasion.objects.filter(activity__programme__slug__in=programmes_kept_by(user))


def _rows(occasions: QuerySet[Occasion], user: User, today: date) -> Iterator[dict[str, Any]]:
    """Those with a seat first, then those who came without one."""
    grown = is_grown(today, "resident__")
    came = Attendance.objects.filter(occasion=OuterRef("occasion_id"))
    seats = (
        SignUp.objects.filter(grown, status=SignUp.Status.SEATED)
        .filter(activity__occasions__in=occasions)
        .annotate(
            occasion_id=F("activity__occasions"), starts_at=F("activity__occasions__starts_at")
        )
        .annotate(came=Exists(came.filter(resident=OuterRef("resident"))))
        .select_related("activity", "resident")
        .order_by("starts_at", "occasion_id", "resident__sort_key", "pk")
    )
    for row in seats.iterator(chunk_size=CHUNK):
        day = local_day(row.starts_at)
        yield _row(user, row.resident, row.occasion_id, row.activity.title, day, row.came)
    seated = SignUp.objects.filter(
        activity=OuterRef("occasion__activity"),
        resident=OuterRef("resident"),
        status=SignUp.Status.SEATED,
    )
    others = Attendance.objects.filter(grown, ~Exists(seated))
    others = others.filter(occasion__in=occasions)
    others = others.select_related("occasion__activity", "resident").order_by("occasion", "pk")
    for one in others.iterator(chunk_size=CHUNK):
        occasion = one.occasion
        day = local_day(occasion.starts_at)
        yield _row(user, one.resident, occasion.pk, occasion.activity.title, day, True)


def _row(
    user: User, resident: Resident, occasion: int, title: str, day: date, came: bool
) -> dict[str, Any]:
    return {
        "occasion": occasion,
        "person": resident.pk,
        "full_name": resident.full_name,
        "phone": shown_phone(resident, user),
        "came": True if came else None,
        "title": title,
        "day": day,
    }


@dataclass
class ArrivalEntry(Entry):
    resident: Any = None
    occasion: Any = None


class AttendancePlan(RowByRow):
    """Who came is entered as at the door; an empty cell or a no enters nobody."""

    def prepare(self) -> None:
        rows = self.table.rows
        self.known = Known(rows, local_day(self.now))
        own = attendance.occasions_of(programmes_kept_by(self.by))
        self.occasions = own.in_bulk({row.values["occasion"] for row in rows})
        here = Attendance.objects.filter(occasion__in=self.occasions)
        self.here = set(here.values_list("occasion", "resident"))
        self.row_of: dict[tuple[int, int], int] = {}

    def shown(self, entry: ArrivalEntry) -> tuple[str, str]:
        return covered(entry.resident.full_name), entry.occasion.activity.title

    def entry(self, row: Row) -> ArrivalEntry:
        occasion = self.occasions.get(row.values["occasion"])
        if occasion is None:
            raise Refused("occasion_unknown", _OCCASION_UNKNOWN, "occasion")
        resident, came = self.known.find(row), row.values.get("came")
        key = (occasion.pk, resident.pk)
        if self.row_of.setdefault(key, row.number) != row.number:
            raise Refused("twin", format_lazy(_TWIN, row=self.row_of[key]), "full_name")
        if came is False and key in self.here:
            raise Refused("came_already", _CAME_ALREADY, "came")
        return ArrivalEntry(row, bool(came) and key not in self.here, [], resident, occasion)

    def carry_out(self, entry: ArrivalEntry, by: User, now: datetime) -> None:
        arrivals.let_in(occasion=entry.occasion, resident=entry.resident, by=by, now=now)


_OCCASION_UNKNOWN = _("No occasion of yours has this number. Export the list of attendance anew.")
_TWIN = _("Row {row} is about the same person and occasion. Keep only one of the two rows.")
_CAME_ALREADY = _(
    "The register has this person as present. If that was a mistake, take it back at the door page."
)


def _example() -> dict[str, Any]:
    return {"occasion": 12, "full_name": "陈小明", "phone": "13800000000", "came": True}


ATTENDANCE_LIST = ListKind(
    slug="attendance",
    title=_("Attendance"),
    permission=Permission.KEEP_REGISTER,
    columns=lambda _today: READ,
    export=exported_attendance,
    export_of=attendance_of,
    plan=AttendancePlan,
    example=_example,
    headings=(_("Person"), _("Activity")),
    seen_at="admin:activities_attendance_changelist",
    max_rows=MOST_ROWS,
)
