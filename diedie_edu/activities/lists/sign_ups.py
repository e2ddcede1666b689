"""Sign-ups in a list: who is signed up, and a paper list of people for an activity."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter, methodcaller
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions import seats
from diedie_edu.activities.actions.offers import lock_activities
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.traits import open_to_all, programmes_kept_by
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column, through
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.lists.known import WHO, KnownGrownUps
from diedie_edu.people.queries import is_grown

MOST_ROWS = 500
ACTIVITY = Column(
    "activity",
    "活动编号 | No. of the activity | 讲座编号 | 课程编号 | 活动号 | 讲座号",
    CellType.INTEGER,
    required=True,
    fills_down=True,
    value=attrgetter("activity_id"),
    help=_("From an exported list of lectures or sign-ups."),
    example=12,
)
COLUMNS = [
    ACTIVITY,
    *through("resident", *WHO),
    Column("title", "活动名称 | Activity", value=attrgetter("activity.title"), is_read=False),
    Column("state", "状态 | State", value=methodcaller("get_status_display"), is_read=False),
    Column("signed_up_at", "报名时间 | Signed up at", CellType.MOMENT, is_read=False),
    Column("signed_up_by", "经办人 | Entered by", is_read=False),
]


def sign_ups_to_list(user: User, today: date) -> QuerySet[SignUp]:
    """Live sign-ups of grown-ups, in the programmes whose register the reader keeps."""
    return _sign_ups(_own_activities(user), today)


def sign_ups_of(user: User, today: date, activity: int) -> QuerySet[SignUp] | None:
    """Those of one activity (its number), None where it is not the reader's."""
    own = _own_activities(user).filter(pk=activity)
    return _sign_ups(own, today) if own.exists() else None


def _own_activities(user: User) -> QuerySet[Activity]:
    return within(open_to_all(Activity.objects.all()), programmes_kept_by(user))


def _sign_ups(activities: QuerySet[Activity], today: date) -> QuerySet[SignUp]:
    rows = SignUp.objects.filter(is_grown(today, "resident__"), status__in=SignUp.LIVE)
    rows = rows.filter(activity__in=activities).order_by("activity_id", *SignUp.QUEUE)
    return rows.select_related("activity", "resident", "signed_up_by")


@dataclass
class PlaceEntry(Entry):
    resident: Any = None
    activity: Any = None


class SignUpsPlan(RowByRow):
    """The order of the rows is the order of the queue."""

    def prepare(self) -> None:
        rows = self.table.rows
        self.known = KnownGrownUps(rows, local_day(self.now))
        self.activities = _own_activities(self.by).in_bulk({row.values["activity"] for row in rows})
        live = SignUp.objects.filter(activity__in=self.activities, status__in=SignUp.LIVE)
        self.live = set(live.values_list("activity", "resident"))

    def shown(self, entry: PlaceEntry) -> tuple[str, str]:
        return self.name(entry.resident.full_name), entry.activity.title

    def entry(self, row: Row) -> PlaceEntry:
        activity = self.activities.get(row.values["activity"])
        if activity is None:
            raise Refused("activity_unknown", _ACTIVITY_UNKNOWN, "activity")
        resident = self.known.find(row)
        key = (activity.pk, resident.pk)
        self.check_alone(row, key, _TWIN)
        return PlaceEntry(row, key not in self.live, [], resident, activity)

    def lock(self) -> None:
        lock_activities(Activity.objects.filter(pk__in=self.activities))

    def carry_out(self, entry: PlaceEntry, by: User, now: datetime) -> None:
        seats.sign_up(activity=entry.activity, resident=entry.resident, by=by, now=now)


_ACTIVITY_UNKNOWN = _(
    "No activity of yours has this number. Take it from an exported list of lectures."
)
_TWIN = _("Row {row} is about the same person and activity. Keep only one of the two rows.")


SIGN_UPS_LIST = ListKind(
    slug="signups",
    title=_("Sign-ups"),
    permission=Permission.KEEP_REGISTER,
    columns=lambda _today: COLUMNS,
    rows=sign_ups_to_list,
    rows_of=sign_ups_of,
    plan=SignUpsPlan,
    headings=(_("Person"), _("Activity")),
    seen_at="admin:activities_signup_changelist",
    max_rows=MOST_ROWS,
)
