"""Groups in a list: what is kept of each, and new ones with their leaders."""

from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column, listed
from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.common.typed import typed_key
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow, take
from diedie_edu.people.lists.known import WHO, KnownGrownUps
from happy_square.actions import facts, leading
from happy_square.models import Group, GroupKind, Leadership
from happy_square.models.groups import PROGRAMME

MOST_ROWS = 500
JOINING = {"open": "直接加入 | open", "approval": "领队同意 | approval"}
FILING = {
    "none": "未备案 | not filed",
    "under_way": "备案中 | under way",
    "filed": "已备案 | filed",
}
KEPT = (
    *("kind", "capacity", "joining", "summary", "introduction", "dues"),
    *("filing", "filing_number", "filed_on", "filed_until", "charter_on"),
)
LEADER = Leadership.Part.LEADER


def columns(_today: date) -> list[Column]:
    kinds = Known("kind", GroupKind.objects.all(), attrgetter("title_zh", "title_en"), _KIND)
    return [
        Column(
            "title",
            ("队伍名称 | Name of the group | 名称 | 团队名称 | 队名 | 队伍 | 团队 | 组织名称"),
            required=True,
            max_length=80,
        ),
        Column(
            "kind",
            "类别 | Kind | 类型 | 队伍类别 | 队伍类型 | 项目",
            clean=kinds.one,
            value=attrgetter("kind.title"),
            example=("舞蹈", "Dance"),
        ),
        Column(
            "capacity", "人数上限 | Seats | 人数 | 名额 | 队伍人数", CellType.INTEGER, example=40
        ),
        Column("joining", "加入方式 | How one joins | 入队方式", CellType.CHOICE, choices=JOINING),
        Column("summary", "一句话介绍 | In a sentence", max_length=200),
        Column(
            "introduction", "介绍 | What the group does | 队伍介绍 | 团队介绍 | 简介 | 队伍简介"
        ),
        Column("dues", "会费 | Dues", max_length=100),
        Column("filing", "备案 | Filing", CellType.CHOICE, choices=FILING),
        Column("filing_number", "备案编号 | Number of the filing", max_length=40),
        Column("filed_on", "备案日期 | Filed on", CellType.DATE),
        Column("filed_until", "备案有效期至 | Filing valid until", CellType.DATE),
        Column("charter_on", "章程日期 | Date of the charter", CellType.DATE),
        *_leader_columns(),
        Column(
            "standing",
            "状态 | Standing",
            value=lambda row: row.get_standing_display(),
            is_read=False,
        ),
        Column("taken", "成员数 | Members", CellType.INTEGER, is_read=False),
        Column(
            "times",
            "固定时间 | Weekly times",
            value=lambda row: listed(map(str, row.times)),
            is_read=False,
        ),
    ]


def _leader_columns() -> list[Column]:
    """Of a new group; another leader is named on the group's page."""
    help_text = _("Only of a new group: somebody in the register.")
    number, _name, phone = WHO
    return [
        Column("person", "领队居民编号 | Leader's no. in the register", number.type, value=_nobody),
        Column(
            "full_name",
            ("领队 | Leader | 领队姓名 | 队长 | 队长姓名 | 负责人 | 负责人姓名 | 团长"),
            max_length=50,
            value=_leader_name,
            help=help_text,
        ),
        Column(
            "phone",
            (
                "领队电话 | Leader's phone | 领队手机 | 领队联系电话 | 队长电话"
                " | 队长手机 | 负责人电话 | 负责人手机 | 联系电话 | 联系方式 | 电话"
                " | 手机 | 手机号码"
            ),
            clean=phone.clean,
            value=_nobody,
        ),
    ]


def _nobody(group: Any) -> None:
    """It is typed for a new group alone, and goes out nowhere."""


def _leader_name(group: Any) -> str:
    return listed(row.resident.full_name for row in group.leaders)


def groups_to_list(user: User, today: date) -> QuerySet[Group]:
    """All, also those that rest or have ended."""
    leaders = Leadership.objects.filter(part=LEADER, ended_at=None).select_related("resident")
    times = Prefetch("weekly_times", to_attr="times")
    rows = Group.objects.select_related("kind")
    return rows.prefetch_related(
        Prefetch("leaderships", leaders, to_attr="leaders"), times
    ).order_by("title", "pk")


@dataclass
class GroupEntry(Entry):
    group: Any = None
    told: dict[str, Any] = field(default_factory=dict)
    leader: Any = None


class GroupsPlan(RowByRow):
    """A group is known by its name, however that is written."""

    def prepare(self) -> None:
        rows = self.table.rows
        known = Group.objects.select_related("kind")
        self.groups = {typed_key(group.title): group for group in known}
        with_leader = [row for row in rows if row.values.get("full_name")]
        self.known = KnownGrownUps(with_leader, local_day(self.now))

    def shown(self, entry: GroupEntry) -> tuple[str, str]:
        return entry.row.values["title"], str(entry.told.get("kind") or entry.group.kind)

    def entry(self, row: Row) -> GroupEntry:
        values = row.values
        key = typed_key(values["title"])
        self.check_alone(row, key, _TWIN, "title")
        told = {code: values[code] for code in KEPT if values.get(code) not in (None, "")}
        if found := self.groups.get(key):
            was: dict[str, Any] = {}
            changes = take(found, values, KEPT, was)
            told = {code: told[code] for code in changes}
            entry = GroupEntry(row, False, changes, found, told)
            entry.was = was
            return entry
        for code in ("kind", "capacity", "full_name"):
            if not values.get(code):
                raise Refused("needed", _NEEDED, code)
        return GroupEntry(row, True, [], None, told, self.known.find(row))

    def carry_out(self, entry: GroupEntry, by: User, now: datetime) -> None:
        if not entry.is_new:
            facts.change_facts(group=entry.group, facts=entry.told, by=by, now=now)
            return
        told = entry.told | {"title": entry.row.values["title"]}
        made = facts.make_group(facts=told, by=by, now=now)
        leading.name_leader(group=made, resident=entry.leader, part=LEADER, by=by, now=now)


_KIND = _("There is no such kind of group. Correct it, or add it first in the admin site.")
_NEEDED = _("A new group needs this. Fill it in.")
_TWIN = _("Row {row} is about the same group. Keep only one of the two rows.")


GROUPS_LIST = ListKind(
    slug="groups",
    title=_("Groups of Happy Square"),
    permission=Permission.PLAN_ACTIVITIES,
    programme=PROGRAMME,
    columns=columns,
    rows=groups_to_list,
    plan=GroupsPlan,
    headings=(_("Group"), _("Kind of group")),
    seen_at="happy_square:directory",
    max_rows=MOST_ROWS,
)
