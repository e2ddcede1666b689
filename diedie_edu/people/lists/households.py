"""The households that a list names, known and new, and whom it brings into each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.names import surname_of
from diedie_edu.common.typed import typed_key
from diedie_edu.lists.plans import Question
from diedie_edu.people.models import Household, Resident
from diedie_edu.people.rules import families

SHOWN_NAMES = 12


@dataclass
class Joining:
    """Whom a list brings into one household; `at_one_address` while each row tells where that is
    (rows that tell another place are refused)."""

    people: list[Resident] = field(default_factory=list)
    at_one_address: bool = True


class Households:
    def __init__(self, known: Iterable[Household]) -> None:
        self.by_key = {household.label_key: household for household in known}
        self.moved: dict[str, Household] = {}
        self.joining: dict[str, Joining] = defaultdict(Joining)
        self._row_of_address: dict[str, int] = {}

    def labelled(self, label: str) -> Household:
        """The one of this number, however it is written."""
        key = typed_key(label)
        if key not in self.by_key:
            self.by_key[key] = Household(label=label, label_key=key)
        return self.by_key[key]

    def take_address(self, household: Household, address: str, row: int) -> bool:
        """Note a household's address; whether that changes it.

        Raises `Refused` (`other_address`) where two rows of the list disagree.
        """
        first = self._row_of_address.setdefault(household.label_key, row)
        if household.address == address:
            return False
        if first != row:
            message = _(
                "Row {row} gives this household another address. Make the two the same, "
                "or give one of the people another household."
            )
            raise Refused("other_address", format_lazy(message, row=first), "address")
        household.address = address
        if household.pk:
            self.moved[household.label_key] = household
        return True

    def take_member(self, household: Household, person: Resident, tells_address: bool) -> None:
        joining = self.joining[household.label_key]
        joining.people.append(person)
        joining.at_one_address &= tells_address

    def questions(self, name: Callable[[str], str]) -> list[Question]:
        """The households that may join strangers; `name` covers names where need be."""
        return list(self._questions(name))

    def _questions(self, name: Callable[[str], str]) -> Iterator[Question]:
        brought = {person.pk for joining in self.joining.values() for person in joining.people}
        for key, joining in self.joining.items():
            household = self.by_key[key]
            members = household.members.all() if household.pk else ()
            there = [*(one for one in members if one.pk not in brought), *joining.people]
            surnames = {surname_of(person.full_name) for person in there}
            if families.may_join_strangers(len(there), surnames, joining.at_one_address):
                shown = [name(person.full_name) for person in there[:SHOWN_NAMES]]
                yield Question(household.label, shown, len(there))

    def write(self) -> None:
        new = [household for household in self.by_key.values() if not household.pk]
        Household.objects.bulk_create(new)
        Household.objects.bulk_update(self.moved.values(), ["address"], batch_size=1000)
