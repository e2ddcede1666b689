"""Workers whom enterprises nominate, in a list: each hears, and says yes or no by a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered, name_key
from diedie_edu.common.phones import masked
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind, nobody
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.lists.known import (
    check_whole,
    name_or_covered,
    phone_or_covered,
    whole_name,
)
from edu_base.actions import nominations
from edu_base.models import Allotment, Nomination
from edu_base.models.schemes import PROGRAMME
from edu_base.queries import nominations as queries
from edu_base.rules.nominations import standing_words

MOST_ROWS = 500


def columns(_today: date) -> list[Column]:
    return [
        Column(
            "number",
            "推荐编号 | No. of the nomination",
            CellType.INTEGER,
            value=attrgetter("pk"),
            help=_("Only from an exported list. Leave it empty for new nominations."),
        ),
        Column(
            "enterprise",
            (
                "企业 | Enterprise | 企业名称 | 统一社会信用代码 | 单位 | 单位名称"
                " | 工作单位 | 所在企业 | 公司名称"
            ),
            required=True,
            fills_down=True,
            value=attrgetter("allotment.enterprise"),
            help=_("Its name or its credit code; it needs places to nominate for this year."),
        ),
        Column(
            "full_name",
            ("姓名 | Full name | 员工姓名 | 职工姓名 | 被推荐人 | 被推荐人姓名 | 推荐人选"),
            required=True,
            clean=name_or_covered,
            covered=covered,
            example="陈小明 | Chen Xiaoming",
        ),
        Column(
            "phone",
            (
                "本人手机 | Worker's own mobile | 手机 | 手机号 | 手机号码 | 联系电话"
                " | 电话 | 联系方式 | 本人电话 | 移动电话"
            ),
            required=True,
            clean=phone_or_covered,
            covered=masked,
            help=_("The worker says yes by a link that goes there; never the enterprise's number."),
            example="13800000000",  # given to nobody
        ),
        Column("job", "岗位 | Work in the enterprise | 职务 | 工种 | 职位", max_length=60),
        Column(
            "employed_since",
            "入职日期 | Works there since | 入职时间 | 参加工作时间",
            CellType.DATE,
        ),
        Column(
            "reason",
            ("推荐理由 | What makes the worker outstanding | 理由 | 推荐原因 | 主要事迹 | 事迹"),
            required=True,
            unless="number",
            max_length=500,
            covered="",
        ),
        Column("standing", "状态 | State", value=standing_words, is_read=False),
    ]


def _words(allotment: Allotment) -> Iterable[str]:
    return allotment.enterprise.organisation.title, allotment.enterprise.credit_code


def workers_to_list(_user: User, _today: date) -> QuerySet[Nomination]:
    """Those of all years whose words are still there, the newest year first."""
    rows = Nomination.objects.filter(forgotten_at=None)
    rows = rows.select_related("allotment__enterprise__organisation", "application")
    return rows.order_by("-year", "allotment", "nominated_at", "pk")


def workers_of(user: User, today: date, enterprise: int) -> QuerySet[Nomination] | None:
    """Those of one enterprise (its number); None where it has none."""
    own = workers_to_list(user, today).filter(allotment__enterprise=enterprise)
    return own if own.exists() else None


@dataclass
class WorkerEntry(Entry):
    allotment: Any = None


class WorkersPlan(RowByRow):
    """Each new row is one nomination, as on the page; whoever is nominated already stays so."""

    def prepare(self) -> None:
        self.enterprises = Known("enterprise", queries.newest_allotments(), _words, _UNKNOWN)
        numbers = {number for row in self.table.rows if (number := row.values.get("number"))}
        rows_here = Nomination.objects.filter(pk__in=numbers, forgotten_at=None)
        about = "allotment__enterprise__organisation"
        self.by_number = {row.pk: row for row in rows_here.select_related(about)}
        live = Nomination.objects.filter(ended_at=None, forgotten_at=None)
        rows = live.values_list("allotment", "name_key", "phone")
        self.known = {
            (allotment, name, said)
            for allotment, name, phone in rows
            for said in (phone, masked(phone))
        }

    def shown(self, entry: WorkerEntry) -> tuple[str, str]:
        return covered(entry.row.values["full_name"]), str(entry.allotment.enterprise)

    def entry(self, row: Row) -> WorkerEntry:
        values = row.values
        if number := values.get("number"):
            self.check_alone(row, number, _TWIN, "number")
            return WorkerEntry(row, False, [], self._of_number(number, values).allotment)
        allotment = self.enterprises.one(values["enterprise"])
        self.check_alone(row, values["phone"], _TWIN, "phone")
        own = (allotment.pk, name_key(values["full_name"]), values["phone"])
        if own not in self.known:
            whole_name(values)
            check_whole(values["phone"])
        return WorkerEntry(row, own not in self.known, [], allotment)

    def _of_number(self, number: int, values: dict[str, Any]) -> Nomination:
        found = self.by_number.get(number)
        names = {found.full_name, covered(found.full_name)} if found else set()
        if found is None or name_key(values["full_name"]) not in map(name_key, names):
            raise Refused("unknown", _NO_NOMINATION, "number")
        return found

    def carry_out(self, entry: WorkerEntry, by: User, now: datetime) -> None:
        values = entry.row.values
        told = nominations.Nominee(
            full_name=values["full_name"],
            phone=values["phone"],
            reason=values["reason"],
            job=values.get("job") or "",
            employed_since=values.get("employed_since"),
        )
        nominations.nominate(allotment=entry.allotment, told=told, by=by, now=now)


_NO_NOMINATION = _(
    "There is no nomination with this number and name. Take both from the exported list."
)
_UNKNOWN = _("No enterprise of this name or code has places to nominate for this year.")
_TWIN = _("Row {row} has the same number. Each worker has a number of their own.")


WORKERS_LIST = ListKind(
    slug="workers",
    title=_("Workers nominated for the Dream scheme"),
    permission=Permission.KEEP_APPLICANTS,
    programme=PROGRAMME,
    columns=columns,
    rows=workers_to_list,
    rows_of=workers_of,
    plan=WorkersPlan,
    headings=(_("Worker"), _("Enterprise")),
    seen_at="edu_base:enterprises",
    sees_whole=nobody,
    max_rows=MOST_ROWS,
)
