"""Families: how people come to belong to one, by themselves or at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.names import name_key
from diedie_edu.common.phones import phone_key
from diedie_edu.common.typed import check_says_something, tidy, typed_key
from diedie_edu.people.actions.events import note
from diedie_edu.people.models import Household, PersonEvent, Resident
from diedie_edu.people.rules import families

Kind = PersonEvent.Kind


@transaction.atomic
def add_relative(*, own: Resident, full_name: str, house: str, by: User, now: datetime) -> Resident:
    """A grown-up of the family without a phone of their own; `own` acts for them from now on.

    `house` is the house number of a family that is not in the register yet. Raises `Refused`
    (`house_taken`, `at_home`, `family_full`).
    """
    home = _own_home(own, house, by, now)
    _check_is_new(home, full_name)
    relative = Resident(full_name=full_name, household=home, residency=own.residency)
    relative.save()
    note(resident=relative, kind=Kind.FAMILY, by=by, now=now)
    return relative


@transaction.atomic
def join_family(
    *, own: Resident, full_name: str, phone: str, house: str, by: User, now: datetime
) -> Resident:
    """A grown-up who has agreed by a code sent to their own phone. Whoever stands in the register
    with that phone and that name is that person.

    Raises `Refused` (`house_taken`, `at_home`, `family_full`, `other_home`).
    """
    home = _own_home(own, house, by, now)
    relative = _known(full_name, phone)
    if relative is None:
        _check_is_new(home, full_name)
        relative = Resident(full_name=full_name, phone=phone, residency=own.residency)
    families.check_may_move_in(_lived_in_by_others(relative), home.pk)
    relative.household = home
    relative.save()
    note(resident=relative, kind=Kind.FAMILY, by=by, now=now)
    return relative


@transaction.atomic
def leave_family(*, own: Resident, by: User, now: datetime) -> None:
    """Whoever has an account goes their own way; the others stay together."""
    Resident.objects.filter(pk=own.pk).update(household=None)
    note(resident=own, kind=Kind.FAMILY, by=by, now=now)


def _own_home(own: Resident, house: str, by: User, now: datetime) -> Household:
    """The household of `own`, held until the transaction ends; a new one where they have none."""
    if own.household_id:
        return Household.objects.select_for_update().get(pk=own.household_id)
    home = _lock_home_at(house)
    families.check_house_is_free(home.members.exists())
    if not Resident.objects.filter(pk=own.pk, household=None).update(household=home):
        own.refresh_from_db(fields=["household"])  # they have one by now, from another device
        return _own_home(own, house, by, now)
    note(resident=own, kind=Kind.FAMILY, by=by, now=now)
    return home


def _lock_home_at(house: str) -> Household:
    """The household of this number, however it is written; a new one where there is none. Raises
    `Refused` (`says_nothing`)."""
    check_says_something(house, "house")
    home, _is_new = Household.objects.get_or_create(
        label_key=typed_key(house), defaults={"label": tidy(house)}
    )
    return Household.objects.select_for_update().get(pk=home.pk)


def _check_is_new(home: Household, full_name: str) -> None:
    members = home.members.all()
    families.check_is_not_at_home(members.filter(name_key=name_key(full_name)).exists())
    families.check_has_room(members.filter(account=None).count())


def _known(full_name: str, phone: str) -> Resident | None:
    same = Resident.objects.filter(name_key=name_key(full_name), phone_key=phone_key(phone))
    found = list(same.select_for_update()[:2])
    return found[0] if len(found) == 1 else None


def _lived_in_by_others(relative: Resident) -> int | None:
    """The household of somebody who does not live alone in it."""
    home = relative.household_id
    others = Resident.objects.filter(household=home).exclude(pk=relative.pk)
    return home if home and others.exists() else None


# --- At the desk -----------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """Somebody whom staff enter; `known` is the person of the register whom they mean."""

    full_name: str
    phone: str = ""
    known: Resident | None = None


@transaction.atomic
def enter_people(
    *,
    entries: Sequence[Entry],
    house: str,
    residency: str,
    by: User,
    now: datetime,
    phone: str = "",
) -> list[Resident]:
    """Grown-ups whom staff enter, in one household where `house` names one; `phone` is what the
    household shares. Raises `Refused` (`other_home`)."""
    home = _home_at(house, phone) if house else None
    people = [_person(entry, residency) for entry in entries]
    return [_entered(person, home, by, now) for person in people]


@transaction.atomic
def move_in(*, person: Resident, house: str, reason: str, by: User, now: datetime) -> None:
    """Somebody of the register joins a family, or begins a new one at a house number; staff have
    seen who lives there and whom they leave. Raises `Refused` (`lives_there`)."""
    home = _home_at(house)
    locked = Resident.objects.select_for_update(of=("self",)).get(pk=person.pk)
    families.check_lives_elsewhere(locked.household_id == home.pk)
    locked.household = home
    locked.save(update_fields=["household"])
    note(resident=locked, kind=Kind.FAMILY, reason=reason, by=by, now=now)


def _home_at(house: str, phone: str = "") -> Household:
    """A phone that is left blank stays as it was."""
    home = _lock_home_at(house)
    if phone:
        home.phone = phone
        home.save(update_fields=["phone"])
    return home


def _person(entry: Entry, residency: str) -> Resident:
    given = {"full_name": entry.full_name, "phone": entry.phone, "residency": residency}
    return entry.known or Resident(**given)


def _entered(person: Resident, home: Household | None, by: User, now: datetime) -> Resident:
    is_new = person.pk is None
    if home is not None:
        families.check_may_move_in(_lived_in_by_others(person), home.pk)
        person.household = home
    if is_new or home is not None:
        person.save()
        note(resident=person, kind=Kind.ENTERED if is_new else Kind.FAMILY, by=by, now=now)
    return person
