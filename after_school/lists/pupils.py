"""Whom a row means: the difference that children make.

Grown-ups are found in the whole register (`people.lists.known.KnownGrownUps`). A child is found
only among those whose guardian the row names, or among those of the session's own term, and a
name alone never says which child is meant.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from after_school.models import Enrolment, Session
from diedie_edu.activities.models import SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered, name_key
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.people.models import Guardianship, Resident

Values = dict[str, Any]


def phones_of(guardian: Resident) -> set[str]:
    """The contact phone, and the one they sign in with."""
    account = guardian.account
    return {guardian.phone, account.phone if account else ""} - {""}


class Families:
    """Children of the rows' names with their guardians and places, in two queries."""

    def __init__(self, rows: Sequence[Row], terms: Collection[int]) -> None:
        bonds = Guardianship.objects.filter(child__name_key__in=_name_keys(rows))
        self.bonds: dict[tuple[str, date | None], list[Guardianship]] = defaultdict(list)
        for bond in bonds.select_related("child", "guardian__account").order_by("pk"):
            self.bonds[bond.child.name_key, bond.child.birth_date].append(bond)
        self.places = _places({one.child_id for same in self.bonds.values() for one in same}, terms)

    def find(self, values: Values, term: int) -> Guardianship | None:
        """The child of this guardian, None for a child that is new.

        Raises `Refused` (`other_guardian`) where the term has such a child of somebody else.
        """
        same = self.bonds.get((name_key(values["full_name"]), values["birth_date"]), [])
        for bond in same:
            if _is_meant(bond.guardian, values):
                return bond
        if any(self.has_place(bond.child_id, term) for bond in same):
            raise Refused("other_guardian", _OTHER_GUARDIAN, "guardian_name")
        return None

    def has_place(self, child: int, term: int) -> bool:
        return bool(self.places.get((term, child), set()) & set(SignUp.LIVE))

    def had_place(self, child: int, term: int) -> bool:
        return (term, child) in self.places


def _is_meant(guardian: Resident, values: Values) -> bool:
    is_named = guardian.name_key == name_key(values["guardian_name"])
    return is_named and values["guardian_phone"] in phones_of(guardian)


def _name_keys(rows: Sequence[Row]) -> set[str]:
    return {name_key(row.values["full_name"]) for row in rows}


def _places(children: Collection[int], terms: Collection[int]) -> dict[tuple[int, int], set[str]]:
    places: dict[tuple[int, int], set[str]] = defaultdict(set)
    rows = SignUp.objects.filter(activity__in=terms, resident__in=children)
    for term, child, status in rows.values_list("activity", "resident", "status"):
        places[term, child].add(status)
    return places


class Pupils:
    """The children of some sessions, with their guardians' phones, in two queries."""

    def __init__(self, rows: Sequence[Row], sessions: Iterable[Session]) -> None:
        days = {session.term_id for session in sessions}
        numbers = {number for row in rows if (number := row.values.get("child"))}
        meant = Q(child__name_key__in=_name_keys(rows))
        guardians = Guardianship.objects.select_related("guardian__account")
        found = (
            Enrolment.objects.filter(meant | Q(child__in=numbers), term__in=days)
            .filter(Q(sign_up__status=SignUp.Status.SEATED) | Q(presences__isnull=False))
            .select_related("child", "zone")
            .prefetch_related(Prefetch("child__guardians", guardians))
            .defer("allergies", "notes")
        )
        self.enrolments = list(found.distinct())

    def find(self, values: Values, terms: Collection[int]) -> Enrolment:
        """Raises `Refused` (`child_unknown`, `child_unclear`)."""
        found = [row for row in self.enrolments if row.term_id in terms and _fits(row, values)]
        if not found:
            raise Refused("child_unknown", _UNKNOWN, "full_name")
        if len(found) > 1:
            raise Refused("child_unclear", _UNCLEAR, "full_name")
        return found[0]


def is_called(child: Resident, name: str) -> bool:
    """By a name that may be covered: beside a number alone."""
    return child.name_key == name_key(name) or name == covered(child.full_name)


def _fits(enrolment: Enrolment, values: Values) -> bool:
    """By number and name, which may be covered; or by name and the phone of a guardian."""
    child, name = enrolment.child, values["full_name"]
    if number := values.get("child"):
        return child.pk == number and is_called(child, name)
    is_named = child.name_key == name_key(name)
    bonds = child.guardians.all()
    phone = values.get("guardian_phone")
    return is_named and any(phone in phones_of(bond.guardian) for bond in bonds)


_OTHER_GUARDIAN = _(
    "A child of this name and date of birth is enrolled by another guardian. Correct the "
    "guardian's name and phone; if it is another child, type its paper in by itself."
)
_UNKNOWN = _(
    "No child of that day has this number and name, or this name and a guardian with this phone. "
    "Enter the number from an exported list, or a guardian's phone."
)
_UNCLEAR = _("Several children fit. Enter the child's number from an exported list.")
