"""What a list of residents would change in the register, and the writing of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered
from diedie_edu.common.phones import masked
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.copying import insert_copied, update_copied
from diedie_edu.lists.plan import Entry, ListPlan, Report
from diedie_edu.people.lists.columns import resident_columns
from diedie_edu.people.lists.households import Households
from diedie_edu.people.lists.matching import Register, Twins
from diedie_edu.people.models import Household, Resident

BATCH = 2000
PERSONAL = (
    *("full_name", "surname_reading", "gender", "birth_date"),
    *("phone", "email", "residency"),
)
WRITTEN = (*PERSONAL, "sort_key", "household")

Item = TypeVar("Item")


@dataclass
class PersonEntry(Entry):
    """`household` is the one they move to; it may have no id before the list is written."""

    resident: Resident = field(default_factory=Resident)
    household: Household | None = None


class ResidentsPlan(ListPlan):
    def prepare(self) -> None:
        rows = self.table.rows
        self.register = Register(_who_could_be_meant(rows))
        self.households = Households(_households_named(rows))
        self.twins = Twins()

    @staticmethod
    def columns(today: date) -> list[Column]:
        return resident_columns(today)

    def entry(self, row: Row) -> PersonEntry:
        """What the row changes. Raises `Refused`."""
        found = self.register.find(row.values)
        self.twins.check(row.number, row.values, found)
        entry = PersonEntry(row, is_new=found is None, resident=found or Resident())
        entry.changes = take(entry.resident, row.values, PERSONAL)
        self._take_household(entry)
        return entry

    def _take_household(self, entry: PersonEntry) -> None:
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

    def shown(self, entry: PersonEntry) -> tuple[str, str]:
        """Covered like this: 陈**, 138****5678."""
        name, phone = entry.row.values["full_name"], entry.row.values.get("phone")
        return covered(name), masked(phone) if phone else ""

    def write(self, report: Report, by: User, now: datetime) -> None:
        """All of it, inside the caller's transaction, batch by batch."""
        self.households.write()
        for entry in self.entries:
            if entry.household:
                entry.resident.household_id = entry.household.pk
        report(self.counts()["rows_same"])
        write_batches([entry.resident for entry in self.new], report)
        write_batches([entry.resident for entry in self.changed], report, WRITTEN)


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


def write_batches(rows: list[Any], report: Report, update: Sequence[str] = ()) -> None:
    """Insert rows, or with `update` overwrite those fields of rows that have an id."""
    for batch in batches(rows):
        if update:
            update_copied(batch, update)
        else:
            insert_copied(batch)
        report(len(batch))


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
