"""The households that a list names, known and new."""

from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Household


class Households:
    def __init__(self, known: Iterable[Household]) -> None:
        self.by_label = {household.label: household for household in known}
        self.moved: dict[str, Household] = {}
        self._row_of_address: dict[str, int] = {}

    def labelled(self, label: str) -> Household:
        if label not in self.by_label:
            self.by_label[label] = Household(label=label)
        return self.by_label[label]

    def take_address(self, household: Household, address: str, row: int) -> bool:
        """Note a household's address; whether that changes it.

        Raises `Refused` (`other_address`) where two rows of the list disagree.
        """
        first = self._row_of_address.setdefault(household.label, row)
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
            self.moved[household.label] = household
        return True

    def write(self) -> None:
        new = [household for household in self.by_label.values() if not household.pk]
        Household.objects.bulk_create(new)
        Household.objects.bulk_update(self.moved.values(), ["address"], batch_size=1000)
