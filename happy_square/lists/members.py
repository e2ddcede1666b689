"""Members in a list: since when they have belonged to a group, often long before the portal."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import local_day
from diedie_edu.common.spreadsheets.columns import CellType, Column, through
from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.lists.known import WHO, KnownGrownUps
from diedie_edu.people.queries import is_grown
from happy_square.actions import members
from happy_square.actions.dates import lock_groups
from happy_square.models import Group, Membership
from happy_square.models.groups import PROGRAMME

MOST_ROWS = 500


def columns(_today: date) -> list[Column]:
    known = Known("group", Group.objects.all(), lambda group: [group.title], _GROUP_UNKNOWN)
    return [
        Column(
            "group",
            "队伍 | Group | 队伍名称 | 团队 | 团队名称 | 队名 | 所属队伍 | 所在队伍",
            required=True,
            fills_down=True,
            clean=known.one,
            value=attrgetter("group.title"),
            example="榕树舞蹈队",
        ),
        *through("resident", *WHO),
        Column(
            "since",
            "入队日期 | Member since | 入队时间 | 加入日期 | 加入时间 | 入队年月",
            CellType.DATE,
            help=_("From when they have belonged to it, also before the portal. Empty: today."),
            example=date(2019, 5, 1),
        ),
        Column(
            "state",
            "状态 | State",
            value=lambda row: row.sign_up.get_status_display(),
            is_read=False,
        ),
    ]


def members_to_list(user: User, today: date) -> QuerySet[Membership]:
    """Grown-ups with a place in a group or in its queue, as a class register sorts them."""
    live = Membership.objects.filter(is_grown(today, "resident__"), sign_up__status__in=SignUp.LIVE)
    rows = live.select_related("group", "resident", "sign_up")
    return rows.order_by("group__title", "group", "resident__sort_key", "pk")


def members_of(user: User, today: date, group: int) -> QuerySet[Membership] | None:
    """Those of one group (its number)."""
    known = Group.objects.filter(pk=group).exists()
    return members_to_list(user, today).filter(group=group) if known else None


@dataclass
class MemberEntry(Entry):
    resident: Any = None
    group: Any = None
    membership: Membership | None = None


class MembersPlan(RowByRow):
    """Whoever is no member yet comes in as by the leader's page; of others the day is put right."""

    def prepare(self) -> None:
        rows = self.table.rows
        self.known = KnownGrownUps(rows, local_day(self.now))
        live = Membership.objects.filter(
            group__in={row.values["group"].pk for row in rows},
            sign_up__status__in=SignUp.LIVE,
        )
        self.members = {(row.group_id, row.resident_id): row for row in live}

    def shown(self, entry: MemberEntry) -> tuple[str, str]:
        return self.name(entry.resident.full_name), entry.group.title

    def entry(self, row: Row) -> MemberEntry:
        resident, group = self.known.find(row), row.values["group"]
        key = (group.pk, resident.pk)
        self.check_alone(row, key, _TWIN)
        own, since = self.members.get(key), row.values.get("since")
        changes = ["since"] if own and since and since != own.since else []
        entry = MemberEntry(row, own is None, changes, resident, group, own)
        entry.was = {"since": own.since} if own else {}
        return entry

    def lock(self) -> None:
        lock_groups({entry.group.pk for entry in self.entries})

    def carry_out(self, entry: MemberEntry, by: User, now: datetime) -> None:
        since = entry.row.values.get("since")
        if entry.membership is None:
            who = {"group": entry.group, "resident": entry.resident}
            members.take_in(**who, since=since, by=by, now=now)
        elif since is not None:
            members.change_since(membership=entry.membership, since=since, by=by, now=now)


_GROUP_UNKNOWN = _("There is no group of this name. Correct it, or enter the group first.")
_TWIN = _("Row {row} is about the same person and group. Keep only one of the two rows.")


MEMBERS_LIST = ListKind(
    slug="members",
    title=_("Members of groups"),
    permission=Permission.PLAN_ACTIVITIES,
    programme=PROGRAMME,
    columns=columns,
    rows=members_to_list,
    rows_of=members_of,
    plan=MembersPlan,
    headings=(_("Person"), _("Group")),
    seen_at="happy_square:directory",
    max_rows=MOST_ROWS,
)
