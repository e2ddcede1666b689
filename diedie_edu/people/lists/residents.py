"""What a list of residents would change in the register, and the writing of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import name_key
from diedie_edu.common.phones import masked
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.common.typed import typed_key
from diedie_edu.lists.actions.copying import write_batches
from diedie_edu.lists.plans import Entry, ListPlan, Question, Report, take
from diedie_edu.people.lists.households import Households
from diedie_edu.people.lists.matching import KnownPeople, Twins
from diedie_edu.people.lists.rolls import Roll
from diedie_edu.people.models import Household, Resident


@dataclass
class PersonEntry(Entry):
    """`household` is the one they move to; it may have no id before the list is written."""

    resident: Resident = field(default_factory=Resident)
    household: Household | None = None


class ResidentsPlan(ListPlan):
    def prepare(self) -> None:
        rows = self.table.rows
        self.register = KnownPeople(_who_could_be_meant(rows))
        self.roll = Roll(rows)
        self.households = Households(_households_named(self.roll.labels()))
        self.twins = Twins()
        self.personal = self.fields_of(Resident)

    def entry(self, row: Row) -> PersonEntry:
        """What the row changes. Raises `Refused`."""
        found = self.register.find(row.values)
        self.twins.check(row.number, row.values, found)
        entry = PersonEntry(row, is_new=found is None, resident=found or Resident())
        entry.changes = take(entry.resident, row.values, self.personal, entry.was)
        if entry.resident.account_id and "phone" in entry.changes:
            raise Refused("phone_of_an_account", _PHONE_OF_AN_ACCOUNT, "phone")
        self._take_household(entry)
        return entry

    def _take_household(self, entry: PersonEntry) -> None:
        home, address = self.roll.homes[entry.row.number], entry.row.values.get("address")
        label = home.label
        if not label:
            if address:
                raise Refused("household_missing", _HOUSEHOLD_MISSING, "address")
            return
        household = self.households.labelled(label)
        if household.pk is None or entry.resident.household_id != household.pk:
            entry.household = household
            entry.changes.append("household")
            entry.was["household"] = str(entry.resident.household or "")
        if address and self.households.take_address(household, address, entry.row.number):
            entry.changes.append("address")
        if entry.household:
            is_told = bool(address or home.head)
            self.households.take_member(household, entry.resident, is_told)

    def questions(self) -> list[Question]:
        return self.households.questions(self.name)

    def shown(self, entry: PersonEntry) -> tuple[str, str]:
        """Covered like this, but for those who may see it whole: 陈**, 138****5678."""
        name, phone = entry.row.values["full_name"], entry.row.values.get("phone")
        return self.name(name), (phone if self.sees_whole else masked(phone)) if phone else ""

    def write(self, report: Report, by: User, now: datetime) -> None:
        """All of it, inside the caller's transaction, batch by batch."""
        self.households.write()
        for entry in self.entries:
            if entry.household:
                entry.resident.household_id = entry.household.pk
        report(self.counts()["rows_same"])
        written = [*self.personal, "name_key", "sort_key", "phone_key", "household"]
        write_batches([entry.resident for entry in self.new], report)
        write_batches([entry.resident for entry in self.changed], report, written)


def _who_could_be_meant(rows: list[Row]) -> Iterable[Resident]:
    """Everybody with a name or a number of the list, in one query."""
    names = {name_key(row.values["full_name"]) for row in rows}
    numbers = {number for row in rows if (number := row.values.get("number"))}
    return Resident.objects.filter(Q(name_key__in=names) | Q(pk__in=numbers)).order_by("id")


def _households_named(labels: Iterable[str]) -> Iterable[Household]:
    return Household.objects.filter(label_key__in={*map(typed_key, labels)}).prefetch_related(
        Prefetch("members", Resident.objects.only("full_name", "household"))
    )


_HOUSEHOLD_MISSING = _("Enter the household as well, so that it is clear whose address this is.")
_PHONE_OF_AN_ACCOUNT = _(
    "This person has an account, whose phone is another. Leave the cell empty, and change the "
    "phone on the person’s page: both numbers get a message."
)
