"""Whom a row of a list means: somebody in the register, never somebody new, never a child."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.names import clean_name, name_key
from diedie_edu.common.phones import masked, normalise_phone, without_extension
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.people.lists import columns
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import is_grown


def phone_or_covered(text: str) -> str:
    """A number, or one as the exports cover it, which says less and is as welcome."""
    return text if "****" in text else normalise_phone(text)


def phone_of_contact(titles: str) -> Column:
    """Of whoever speaks for an organisation: whole on its own page, for those who keep it; in lists
    only for those who move people's data (docs/adr/0060)."""
    return Column("phone", titles, clean=_contact_or_covered, covered=masked)


def _contact_or_covered(text: str) -> str:
    return text if "****" in text else normalise_phone(text, of_organisation=True)


def known_phone(typed: str, known: str) -> str:
    """What a cell of such a column means: blank or as lists cover it, the one that is known.
    Raises `Refused` (`covered`)."""
    if not typed or (known and typed == masked(known)):
        return known
    check_whole(typed)
    return typed


def name_or_covered(text: str) -> str:
    """A name, or one as the exports cover it: 陈**."""
    return text if text.endswith("*") else clean_name(text)


def whole_name(values: dict[str, Any], code: str = "full_name") -> str:
    """Of somebody new. Raises `Refused`, at its column, for a name that is covered."""
    try:
        return clean_name(values[code])
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, code) from refusal


def check_whole(phone: str, code: str = "phone") -> None:
    """The same for a phone, which may be empty."""
    if "****" in phone:
        raise Refused("covered", _COVERED, code)


PERSON = Column(
    "person",
    "居民编号 | No. in the register",
    CellType.INTEGER,
    value=attrgetter("pk"),
    help=_("From an exported list; without it, name and phone say who is meant."),
)
NAME = replace(columns.NAME, clean=None, max_length=50)
PHONE = replace(columns.PHONE, type=CellType.TEXT, clean=phone_or_covered)
WHO = (PERSON, NAME, PHONE)


class KnownGrownUps:
    """Grown-ups in the register whom the rows could mean, in one query."""

    def __init__(self, rows: Sequence[Row], today: date) -> None:
        names = {name_key(row.values["full_name"]) for row in rows}
        numbers = {number for row in rows if (number := row.values.get("person"))}
        meant = Q(name_key__in=names) | Q(pk__in=numbers)
        self.residents = list(Resident.objects.filter(meant & is_grown(today)))

    def find(self, row: Row) -> Resident:
        """Raises `Refused` (`person_unknown`, `several_fit`)."""
        values = row.values
        number, phone = values.get("person"), values.get("phone")
        name = name_key(values["full_name"])
        found = [one for one in self.residents if one.name_key == name]
        if number:
            found = [one for one in found if one.pk == number]
        elif phone:
            found = [one for one in found if phone in _numbers_of(one)]
        if not found:
            raise Refused("person_unknown", _UNKNOWN, "full_name")
        if len(found) > 1:
            raise Refused("several_fit", _SEVERAL, "full_name")
        return found[0]


def _numbers_of(one: Resident) -> list[str]:
    """As lists have them: covered, and without the extension."""
    own = one.phone
    return [own, without_extension(own), masked(own)] if own else []


_UNKNOWN = _(
    "Nobody in the register has this name with this phone or number. Correct it, or first enter "
    "the person. Children are never signed up by a list."
)
_SEVERAL = _("Several people in the register have this name. Add the phone, or the number.")
_COVERED = _("This number is covered. Enter the whole one.")
