"""Whom a row is about: somebody known, somebody new, or not to be told.

The number from an exported list decides. Without it, the same full name with the same date
of birth or the same phone (compared by their keys) is the same person. Where that leaves two
answers or none that is safe, the row is refused: a question costs a minute, two people made one
cost more.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.names import name_key
from diedie_edu.common.phones import phone_key
from diedie_edu.people.models import Resident

Values = dict[str, Any]
Key = tuple[Any, ...]


def _told(values: Values) -> Key:
    """A person's details as they are compared."""
    phone = phone_key(values.get("phone") or "")
    return name_key(values["full_name"]), values.get("birth_date"), phone


def keys_of(values: Values) -> list[Key]:
    """What makes two entries the same person."""
    name, *details = _told(values)
    return [(name, detail) for detail in details if detail]


class KnownPeople:
    """The people whom the rows of one list could mean."""

    def __init__(self, residents: Iterable[Resident]) -> None:
        self.by_number: dict[int, Resident] = {}
        self.by_key: dict[Key, list[Resident]] = defaultdict(list)
        self.names: set[str] = set()
        for resident in residents:
            self.by_number[resident.pk] = resident
            self.names.add(name_key(resident.full_name))
            for key in keys_of(vars(resident)):
                self.by_key[key].append(resident)

    def find(self, values: Values) -> Resident | None:
        """The person a row is about, None for somebody new.

        Raises `Refused` (`number_unknown`, `number_of_another`, `several_fit`,
        `other_birth_date`, `too_little_known`).
        """
        if values.get("number"):
            return self._by_number(values)
        keys = keys_of(values)
        if not keys:
            return self._by_name_alone(values["full_name"])  # type: ignore[func-returns-value]
        found = self._by_keys(keys)
        if found:
            _check_birth_date(found, values)
        return found

    def _by_number(self, values: Values) -> Resident:
        resident = self.by_number.get(values["number"])
        if resident is None:
            raise Refused("number_unknown", _NUMBER_UNKNOWN, "number")
        pairs = zip(_told(vars(resident)), _told(values), strict=True)
        if not any(a and a == b for a, b in pairs):
            raise Refused("number_of_another", _NUMBER_OF_ANOTHER, "number")
        return resident

    def _by_keys(self, keys: list[Key]) -> Resident | None:
        """Who fits every detail comes before those who fit one."""
        groups = [{resident.pk for resident in self.by_key.get(key, ())} for key in keys]
        found = set.intersection(*groups) or set.union(*groups)
        if len(found) > 1:
            raise Refused("several_fit", _SEVERAL_FIT, "full_name")
        return self.by_number[found.pop()] if found else None

    def _by_name_alone(self, name: str) -> None:
        if name_key(name) in self.names:
            raise Refused("too_little_known", _TOO_LITTLE_KNOWN, "full_name")


def _check_birth_date(found: Resident, values: Values) -> None:
    told = values.get("birth_date")
    if told and found.birth_date and told != found.birth_date:
        raise Refused("other_birth_date", _OTHER_BIRTH_DATE, "birth_date")


class Twins:
    """Rows of one list that are about the same person."""

    def __init__(self) -> None:
        self.row_of: dict[Key, int] = {}

    def check(self, row: int, values: Values, found: Resident | None) -> None:
        """Remember the row. Raises `Refused` (`twin`).

        A number tells its row from every row but one of the same number.
        """
        own = [("number", found.pk)] if found else []
        details, name = keys_of(values), name_key(values["full_name"])
        if values.get("number"):
            self._refuse_known(own, _TWIN_ROW)
        else:
            self._refuse_known([*own, *details], _TWIN_ROW)
            self._refuse_known([("bare", name) if details else ("name", name)], _TWIN_NAME)
        bare = [] if own or details else [("bare", name)]
        for key in [*own, *details, ("name", name), *bare]:
            self.row_of.setdefault(key, row)

    def _refuse_known(self, keys: list[Key], message: Promise) -> None:
        for key in keys:
            if key in self.row_of:
                raise Refused("twin", format_lazy(message, row=self.row_of[key]), "full_name")  # type: ignore[arg-type]


_NUMBER_UNKNOWN = _(
    "Nobody in the register has this number. Leave the cell empty for somebody new."
)
_NUMBER_OF_ANOTHER = _(
    "This number belongs to somebody of another name. Perhaps rows have slipped: "
    "export the list anew and enter the changes there."
)
_SEVERAL_FIT = _(
    "Several people in the register fit this row. Enter the person's number from an exported list."
)
_OTHER_BIRTH_DATE = _(
    "The register has this person with another date of birth. Correct the date; "
    "if the new one is right, enter the person's number from an exported list as well."
)
_TOO_LITTLE_KNOWN = _(
    "The register has somebody of this name. Add the date of birth or the phone, "
    "so that it is clear who is meant."
)
_TWIN_ROW = _("Row {row} is about the same person. Keep only one of the two rows.")
_TWIN_NAME = _(
    "Row {row} has the same name. Add the date of birth or the phone to both rows, "
    "or keep only one of them."
)
