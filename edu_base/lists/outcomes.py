"""Two lists that carry applications on: whom a meeting proposes, and what the college answers. Each
row goes through the action behind the page's button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered, name_key
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row, Table
from diedie_edu.lists.kinds import ListKind, nobody
from diedie_edu.lists.plans import Entry, Report, RowByRow
from edu_base.actions import announcing, proposing
from edu_base.actions.places import lock_all
from edu_base.models import Application, State
from edu_base.models.schemes import PROGRAMME

MOST_ROWS = 500
Outcome = Callable[..., None]  # keyword-only: application, reason, by, now


def _propose(*, reason: str, **facts: Any) -> None:
    proposing.place(to=State.PROPOSED, **facts)


def _reserve(*, reason: str, **facts: Any) -> None:
    proposing.place(to=State.RESERVE, **facts)


def _admit(*, reason: str, **facts: Any) -> None:
    announcing.admit(**facts)


def _report(*, reason: str, **facts: Any) -> None:
    announcing.report(**facts)


def _check_reason(reason: str) -> None:
    if not reason:
        raise Refused("no_reason", _NO_REASON, "reason")


def _turn_down(at: State, *, reason: str, **facts: Any) -> None:
    _check_reason(reason)
    announcing.turn_down(at=at, reason=reason, **facts)


@dataclass(frozen=True)
class Word:
    """What a cell may say: its words, the state to which it leads, and the action."""

    words: str
    state: State
    act: Outcome


PLACING = {
    "proposed": Word("拟推荐 | proposed", State.PROPOSED, _propose),
    "reserve": Word("候补 | reserve", State.RESERVE, _reserve),
}
COLLEGE = {
    "admitted": Word("录取 | admitted", State.ADMITTED, _admit),
    "not_admitted": Word(
        "未录取 | not admitted", State.NOT_ADMITTED, partial(_turn_down, State.CONFIRMED)
    ),
    "reported": Word("已报到 | reported", State.REPORTED, _report),
    "not_reported": Word(
        "未报到 | not reported", State.NOT_ADMITTED, partial(_turn_down, State.ADMITTED)
    ),
}


def _columns(words: Mapping[str, Word], _today: date) -> list[Column]:
    return [
        Column(
            "number",
            "申请编号 | No. of the application",
            CellType.INTEGER,
            required=True,
            value=attrgetter("pk"),
            example=12,
        ),
        Column(
            "full_name",
            "姓名 | Full name | 学生姓名 | 申请人姓名",
            required=True,
            value=lambda row: row.person.full_name if row.person else "",
            covered=covered,
            example="王小明",
        ),
        Column("intake", "招生班 | Class", value=attrgetter("intake.title_zh"), is_read=False),
        Column("rank", "排名 | Rank", CellType.INTEGER, is_read=False),
        Column(
            "outcome",
            "结果 | Result | 录取结果 | 审核结果",
            CellType.CHOICE,
            choices={key: word.words for key, word in words.items()},
            value=lambda row: row.state if row.state in words else "",
        ),
        Column(
            "reason", "原因 | Reason | 理由 | 说明 | 备注", max_length=200, value=lambda _row: ""
        ),
    ]


@dataclass
class OutcomeEntry(Entry):
    application: Any = None


class OutcomesPlan(RowByRow):
    """An application is known by its number, and its name says that the number is right."""

    def __init__(self, words: Mapping[str, Word], *rest: Any) -> None:
        self.words = words
        super().__init__(*rest)

    def prepare(self) -> None:
        numbers = {row.values["number"] for row in self.table.rows}
        found = Application.objects.filter(pk__in=numbers).select_related("person", "intake")
        self.applications = {row.pk: row for row in found}

    def shown(self, entry: OutcomeEntry) -> tuple[str, str]:
        return covered(entry.application.person.full_name), str(entry.application.intake)

    def entry(self, row: Row) -> OutcomeEntry:
        values = row.values
        self.check_alone(row, values["number"], _TWIN, "number")
        found = self.applications.get(values["number"])
        if found is None or found.person is None or not _is_named(found, values["full_name"]):
            raise Refused("unknown", _UNKNOWN, "number")
        word = self.words.get(values.get("outcome", ""))
        is_new = word is not None and word.state != found.state
        return OutcomeEntry(row, is_new, application=found)

    def carry_out(self, entry: OutcomeEntry, by: User, now: datetime) -> None:
        word = self.words[entry.row.values["outcome"]]
        reason = entry.row.values.get("reason", "")
        word.act(application=entry.application, reason=reason, by=by, now=now)

    def rehearse(self, by: User, now: datetime) -> None:
        """Two lists at once never wait for each other in a circle: each has locked all it names."""
        with transaction.atomic():
            lock_all(list(self.applications))
            super().rehearse(by, now)

    def write(self, report: Report, by: User, now: datetime) -> None:
        lock_all(list(self.applications))
        super().write(report, by, now)


def _is_named(application: Application, name: str) -> bool:
    own = application.person.full_name if application.person else ""
    return name == covered(own) or name_key(name) == name_key(own)


def _rows(states: tuple[State, ...], _user: User, _today: date) -> QuerySet[Application]:
    """Those whom the next list is about, newest year first."""
    rows = Application.objects.filter(state__in=states).select_related("person", "intake")
    return rows.order_by("-year", "intake", "rank", "pk")


_NO_REASON = _("Give the reason; the applicant reads it.")
_TWIN = _("Row {row} is about the same application. Keep only one of the two rows.")
_UNKNOWN = _("There is no application with this number and name. Take both from the exported list.")


def _kind(slug: str, words: Mapping[str, Word], states: tuple[State, ...], title: Any) -> ListKind:
    """Names go out covered: the number says who is meant."""
    return ListKind(
        slug=slug,
        title=title,
        permission=Permission.KEEP_APPLICANTS,
        programme=PROGRAMME,
        columns=partial(_columns, words),
        rows=partial(_rows, states),
        plan=partial(_plan, words),
        headings=(_("Person"), _("Class and year")),
        seen_at="edu_base:classes",
        sees_whole=nobody,
        max_rows=MOST_ROWS,
    )


def _plan(words: Mapping[str, Word], table: Table, by: User, now: datetime) -> OutcomesPlan:
    return OutcomesPlan(words, table, by, now)


PLACING_LIST = _kind("placing", PLACING, (State.RANKED,), _("Whom the meeting proposes"))
COLLEGE_LIST = _kind("college", COLLEGE, (State.CONFIRMED, State.ADMITTED), _("The college's list"))
