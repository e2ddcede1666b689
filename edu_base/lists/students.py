"""Students in a list; those of the years before the portal come in by it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.names import clean_name, covered, name_key
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind, nobody
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.lists.known import check_whole, whole_name
from edu_base.actions import earlier
from edu_base.actions.dwellings import Seen
from edu_base.lists import columns as shared
from edu_base.lists.columns import OnlyWhole
from edu_base.models import Application, Dwelling, State
from edu_base.models.schemes import PROGRAMME
from edu_base.models.states import STUDENTS
from edu_base.rules.ages import check_may_apply

MOST_ROWS = 500
STATES = {
    State.REPORTED: "已报到 | reported at the college",
    State.STUDYING: "在读 | studying",
    State.PAUSED: "休学 | studies paused",
    State.GRADUATED: "毕业 | graduated",
    State.LEFT: "退学 | left the college",
}
Proof = Dwelling.Proof


def columns(today: date) -> list[Column]:
    def clean(born: date) -> date:
        check_may_apply(born, today)
        return born

    return [
        replace(shared.NUMBER, help=_("Only from an exported list. Left empty: the name says it.")),
        shared.NAME,
        shared.PHONE,
        shared.birth_date(clean),
        replace(shared.YEAR, required=True),
        shared.INTAKE,
        Column(
            "state",
            "状态 | State | 学习状态 | 在读情况 | 在读状态",
            CellType.CHOICE,
            required=True,
            choices=STATES,
        ),
        Column(
            "since",
            "自何时起 | Since",
            CellType.DATE,
            value=lambda row: local_day(row.state_since),
            help=_("Of which day that is; left empty: 1 September of the year."),
        ),
        *_household(),
    ]


def _household() -> list[Column]:
    """Of the households scheme: the paper, or what an old list has in its place."""
    return [
        OnlyWhole(
            "booklet",
            "户口簿编号 | Number of the household register",
            max_length=40,
            value=lambda row: _paper(row) if _proof(row) == Proof.BOOKLET else "",
        ),
        OnlyWhole(
            "head",
            "户主 | Head of household | 户主姓名",
            max_length=50,
            value=lambda row: _paper(row) if _proof(row) == Proof.EARLIER else "",
            help=_("With the address, where nobody has seen the household register."),
        ),
        OnlyWhole(
            "address",
            (
                "家庭住址 | Home address | 住址 | 现住址 | 家庭地址 | 居住地址"
                " | 详细地址 | 地址 | 常住地址"
            ),
            max_length=120,
            value=lambda row: row.dwelling.address if row.dwelling else "",
        ),
    ]


def _proof(row: Application) -> str:
    return row.dwelling.proof if row.dwelling else ""


def _paper(row: Application) -> str:
    """Of an earlier list its head alone: the address stands beside it."""
    return row.dwelling.number.partition("@")[0] if row.dwelling else ""


def students_to_list(_user: User, _today: date) -> QuerySet[Application]:
    rows = Application.objects.filter(state__in=STUDENTS, erased_at=None)
    rows = rows.select_related("person", "intake", "dwelling")
    return rows.order_by("-year", "intake", "person__sort_key", "pk")


@dataclass
class StudentEntry(Entry):
    intake: Any = None


class StudentsPlan(RowByRow):
    """Whoever stands here already with this name in this class stays as they are: how studies go
    is asked (`actions.asking`), not typed."""

    def prepare(self) -> None:
        rows = students_to_list(self.by, local_day(self.now))
        self.by_number = {row.pk: row for row in rows}
        self.here = {
            (row.intake_id, name_key(name))
            for row in rows
            if row.person
            for name in (row.person.full_name, covered(row.person.full_name))
        }
        self.intakes = shared.KnownIntakes()

    def shown(self, entry: StudentEntry) -> tuple[str, str]:
        return covered(entry.row.values["full_name"]), f"{entry.intake} {entry.intake.year}"

    def entry(self, row: Row) -> StudentEntry:
        values = row.values
        if number := values.get("number"):
            self.check_alone(row, number, _TWIN)
            found = shared.of_number(self.by_number, number, values["full_name"])
            return StudentEntry(row, False, [], found.intake)
        intake = self.intakes.one(values["year"], values["intake"])
        key = (intake.pk, name_key(values["full_name"]))
        self.check_alone(row, (*key, values.get("phone")), _TWIN)
        if key not in self.here:
            whole_name(values)
            check_whole(values.get("phone") or "")
        return StudentEntry(row, key not in self.here, [], intake)

    def carry_out(self, entry: StudentEntry, by: User, now: datetime) -> None:
        values = entry.row.values
        told = earlier.EarlierStudent(
            full_name=clean_name(values["full_name"]),
            phone=values.get("phone") or "",
            birth_date=values.get("birth_date"),
            intake=entry.intake,
            state=values["state"],
            since=values.get("since") or date(entry.intake.year, 9, 1),
            seen=_seen(values),
        )
        earlier.add_student(told=told, by=by, now=now)


def _seen(values: dict[str, Any]) -> Seen | None:
    address = values.get("address") or ""
    if booklet := values.get("booklet"):
        return Seen(Proof.BOOKLET, booklet, address)
    if (head := values.get("head")) and address:
        return Seen(Proof.EARLIER, f"{head}@{address}", address)
    return None


_TWIN = _("Row {row} is about the same student. Keep only one of the two rows.")

STUDENTS_LIST = ListKind(
    slug="students",
    title=_("Students of the education base, also of earlier years"),
    permission=Permission.KEEP_APPLICANTS,
    programme=PROGRAMME,
    columns=columns,
    rows=students_to_list,
    plan=StudentsPlan,
    headings=(_("Person"), _("Class and year")),
    seen_at="edu_base:applications",
    sees_whole=nobody,
    max_rows=MOST_ROWS,
)
