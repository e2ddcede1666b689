"""What a list of residents would change in the register, and the writing of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets import Column, Row, Table
from diedie_edu.people.imports.columns import resident_columns
from diedie_edu.people.imports.copying import insert_copied, update_copied
from diedie_edu.people.imports.households import Households
from diedie_edu.people.imports.matching import Register, Twins
from diedie_edu.people.models import Household, Resident

BATCH = 2000
PERSONAL = (
    *("full_name", "surname_reading", "gender", "birth_date"),
    *("phone", "email", "residency"),
)
WRITTEN = (*PERSONAL, "sort_key", "household")

Tell = Callable[[int], None]
"""Told how many more rows are written."""
Item = TypeVar("Item")


@dataclass
class Entry:
    """One row and the person it is about; `changes` are codes of columns.

    `household` is the one they move to; it may have no id before the list is written.
    """

    row: Row
    resident: Resident
    is_new: bool
    changes: list[str] = field(default_factory=list)
    household: Household | None = None


class ResidentsPlan:
    """Reads the register once, in a fixed number of queries; adds faults to the table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.register = Register(_who_could_be_meant(table.rows))
        self.households = Households(_households_named(table.rows))
        self.twins = Twins()
        self.entries = [entry for row in table.rows if (entry := self._entry_or_fault(row))]

    @staticmethod
    def columns(today: date) -> list[Column]:
        return resident_columns(today)

    def _entry_or_fault(self, row: Row) -> Entry | None:
        try:
            return self.entry(row)
        except Refused as refusal:
            add_fault(self.table, row, refusal)
            return None

    def entry(self, row: Row) -> Entry:
        """What the row changes. Raises `Refused`."""
        found = self.register.find(row.values)
        self.twins.check(row.number, row.values, found)
        entry = Entry(row, found or Resident(), is_new=found is None)
        entry.changes = take(entry.resident, row.values, PERSONAL)
        self._take_household(entry)
        return entry

    def _take_household(self, entry: Entry) -> None:
        label, address = (entry.row.values.get(code) for code in ("household", "address"))
        if not label:
            if address:
                raise Refused("household_missing", _HOUSEHOLD_MISSING, "address")
            return
        household = self.households.labelled(label)
        if household.pk is None or entry.resident.household_id != household.pk:
            entry.household = household
            entry.changes.append("household")
        if address and self.households.take_address(household, address, entry.row.number):
            entry.changes.append("address")

    @property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_new]

    @property
    def changed(self) -> list[Entry]:
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

    def write(self, tell: Tell, by: User, now: datetime) -> None:
        """All of it, inside the caller's transaction, batch by batch."""
        self.households.write()
        for entry in self.entries:
            if entry.household:
                entry.resident.household_id = entry.household.pk
        tell(self.counts()["rows_same"])
        write_batches([entry.resident for entry in self.new], tell)
        write_batches([entry.resident for entry in self.changed], tell, WRITTEN)


def add_fault(table: Table, row: Row, refusal: Refused) -> None:
    """Beside the cell it is about, or for the whole row where the list has no such column."""
    has_column = refusal.field in {column.code for column in table.header.columns.values()}
    table.add_fault(row.number, str(refusal.field) if has_column else "", refusal.message)


def take(row: Model, values: dict[str, Any], codes: Iterable[str]) -> list[str]:
    """Set what the values tell; the codes of what that changes. A blank cell tells nothing."""
    changes = []
    for code in codes:
        told = values.get(code)
        if told not in (None, "", []) and not _same(told, getattr(row, code)):
            setattr(row, code, told)
            changes.append(code)
    return changes


def _same(told: Any, known: Any) -> bool:
    """Several choices are the same in any order."""
    return set(told) == set(known or ()) if isinstance(told, list) else told == known


def write_batches(rows: list[Any], tell: Tell, update: Sequence[str] = ()) -> None:
    """Insert rows, or with `update` overwrite those fields of rows that have an id."""
    for batch in batches(rows):
        if update:
            update_copied(batch, update)
        else:
            insert_copied(batch)
        tell(len(batch))


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _who_could_be_meant(rows: list[Row]) -> Iterable[Resident]:
    """Everybody with a name or a number of the list, in one query."""
    names = {row.values["full_name"] for row in rows}
    numbers = {number for row in rows if (number := row.values.get("number"))}
    return Resident.objects.filter(Q(full_name__in=names) | Q(pk__in=numbers)).order_by("id")


def _households_named(rows: list[Row]) -> Iterable[Household]:
    labels = {label for row in rows if (label := row.values.get("household"))}
    return Household.objects.filter(label__in=labels)


_HOUSEHOLD_MISSING = _("Enter the household as well, so that it is clear whose address this is.")
