"""What a list would change: its rows matched with what is there, counted, and written."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.text import format_lazy

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered
from diedie_edu.common.spreadsheets.reader import Row, Table
from diedie_edu.common.typed import typed_key

Report = Callable[[int], None]
"""Told how many more rows are written."""


class FaultyListError(Exception):
    """The list has faults; nothing of it may be loaded."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table


@dataclass(frozen=True)
class Question:
    """People whom a typed word (`what`) alone would bring together, `number` of them: whoever loads
    the list says first that they do belong together."""

    what: str
    names: list[str]
    number: int

    @property
    def key(self) -> str:
        """What was answered: with more people it is another question."""
        return f"{typed_key(self.what)} {self.number}"


@dataclass
class Entry:
    """One row and what it is about; `changes` are codes of columns, `was` what stands there now,
    where the plan tells."""

    row: Row
    is_new: bool
    changes: list[str] = field(default_factory=list)
    was: dict[str, Any] = field(default_factory=dict, init=False)

    @property
    def state(self) -> str:
        return "new" if self.is_new else "changed" if self.changes else "same"


class ListPlan:
    """Matches every row as it is made, in a fixed number of queries; adds faults to the table.

    `sees_whole`: whoever asked may see names and numbers whole (`ListKind.sees_whole`).
    """

    sees_whole = False

    def __init__(self, table: Table, by: User, now: datetime) -> None:
        self.table, self.by, self.now = table, by, now
        self._row_of: dict[Hashable, int] = {}
        self.prepare()
        self.entries: list[Any] = [
            entry for row in table.rows if (entry := self._entry_or_fault(row))
        ]

    def prepare(self) -> None:
        """Read at once what the rows could mean."""
        raise NotImplementedError

    def entry(self, row: Row) -> Entry:
        """What the row changes. Raises `Refused`."""
        raise NotImplementedError

    def shown(self, entry: Any) -> tuple[str, str]:
        """The two cells by which staff know the row in the preview, covered where need be."""
        raise NotImplementedError

    def questions(self) -> list[Question]:
        """What is to be answered before the list is loaded."""
        return []

    def name(self, name: str) -> str:
        """A person's, whole for those who may see it."""
        return name if self.sees_whole else covered(name)

    def rehearse(self, by: User, now: datetime) -> None:
        """Find the faults that show only when the rows are written."""

    def write(self, report: Report, by: User, now: datetime) -> None:
        """All of it, inside the caller's transaction. Raises `FaultyListError`."""
        raise NotImplementedError

    def check_alone(self, row: Row, key: Hashable, twin: Any, field: str = "full_name") -> None:
        """Raises `Refused` (`twin`), which names it, where another row is about the same."""
        first = self._row_of.setdefault(key, row.number)
        if first != row.number:
            raise Refused("twin", format_lazy(twin, row=first), field)

    def fields_of(self, model: type[Model]) -> list[str]:
        """Codes of the list's columns that are fields of this model."""
        fields = {field.name for field in model._meta.concrete_fields if not field.is_relation}
        columns = self.table.header.columns.values()
        return [column.code for column in columns if column.code in fields]

    def _entry_or_fault(self, row: Row) -> Entry | None:
        try:
            return self.entry(row)
        except Refused as refusal:
            self.table.refuse(row.number, refusal)
            return None

    @property
    def new(self) -> list[Any]:
        return [entry for entry in self.entries if entry.is_new]

    @property
    def changed(self) -> list[Any]:
        return [entry for entry in self.entries if entry.changes and not entry.is_new]

    def counts(self) -> dict[str, int]:
        """Columns of the job."""
        new, changed, total = len(self.new), len(self.changed), len(self.entries)
        return {
            "rows_total": total,
            "rows_new": new,
            "rows_changed": changed,
            "rows_same": total - new - changed,
        }


class RowByRow(ListPlan):
    """Each row goes through the action behind the page's form, and so obeys the same rules.

    Checking carries all of it out and takes it back; loading keeps it, or nothing where the
    rules have come to say no meanwhile. Right for hundreds of rows, not for thousands.
    """

    def lock(self) -> None:
        """What several rows may write to, in the order in which everybody locks it (by id), not in
        that of the rows: or a list and a visitor would wait for each other."""

    def carry_out(self, entry: Any, by: User, now: datetime) -> None:
        """Write one new or changed row. Raises `Refused`."""
        raise NotImplementedError

    def rehearse(self, by: User, now: datetime) -> None:
        with transaction.atomic():
            self._carry_all_out(lambda _rows: None, by, now)
            transaction.set_rollback(True)

    def write(self, report: Report, by: User, now: datetime) -> None:
        report(self.counts()["rows_same"])
        self._carry_all_out(report, by, now)
        if self.table.faults:
            raise FaultyListError(self.table)

    def _carry_all_out(self, report: Report, by: User, now: datetime) -> None:
        self.lock()
        for entry in self.entries:
            if entry.state != "same":
                self._carry_out_or_fault(entry, by, now)
                report(1)

    def _carry_out_or_fault(self, entry: Any, by: User, now: datetime) -> None:
        try:
            with transaction.atomic():
                self.carry_out(entry, by, now)
        except Refused as refusal:
            self.table.refuse(entry.row.number, refusal)


def take(
    row: Model, values: dict[str, Any], codes: Iterable[str], was: dict[str, Any] | None = None
) -> list[str]:
    """Set what the values tell; the codes of what that changes, and in `was` what stood there. A
    blank cell tells nothing."""
    changes = []
    for code in codes:
        told = values.get(code)
        if told not in (None, "", []) and not _same(told, known := getattr(row, code, None)):
            if was is not None:
                was[code] = known
            setattr(row, code, told)
            changes.append(code)
    return changes


def _same(told: Any, known: Any) -> bool:
    """Several choices are the same in any order."""
    return set(told) == set(known or ()) if isinstance(told, list) else told == known
