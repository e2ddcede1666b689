"""One phone for a person and their account: proved, in force, stopped.

Who is told of it, `portal.phones` says: messages stand above people.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.phones import phone_key
from diedie_edu.people.actions import events
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import Guardianship, Household, PersonEvent, PhoneChange, Resident
from diedie_edu.people.rules import phones as rules

How, Ending, PHONE = PhoneChange.How, PhoneChange.Ending, PersonEvent.Kind.PHONE


@dataclass(frozen=True)
class Owner:
    """Whose phone it is: a person, their account, or both."""

    resident: Resident | None
    account: User | None

    @property
    def phone(self) -> str:
        return self.account.phone if self.account else self.resident.phone  # type: ignore[union-attr]

    @property
    def key(self) -> Q:
        return Q(resident=self.resident) if self.resident else Q(account=self.account)


def owner_of(person: Resident | User) -> Owner:
    """The person with their account, from either."""
    if isinstance(person, Resident):
        return Owner(person, person.account)
    return Owner(Resident.objects.filter(account=person).first(), person)


def _locked(owner: Owner) -> Owner:
    """As it is now, until the transaction ends: the account before the people, those in the order
    of their numbers, and households last."""
    account, resident = owner.account, owner.resident
    if account:
        account = User.objects.select_for_update().get(pk=account.pk)
    if resident:
        with_them = Q(pk=resident.pk) | Q(pk__in=sharing(resident).values("pk"))
        rows = Resident.objects.filter(with_them).order_by("pk").select_for_update(of=("self",))
        resident = next(row for row in rows if row.pk == resident.pk)
    return Owner(resident, account)


@transaction.atomic
def begin(
    *,
    person: Resident | User,
    new_phone: str,
    how: str,
    takes_along: bool = False,
    reason: str = "",
    by: User,
    now: datetime,
) -> PhoneChange:
    """A new phone is proved: by a code (`by` is the owner), or because staff have seen the person.
    It takes the place of an open change, and is in force at once unless it has to wait.

    Raises `Refused` (`same_phone`, `not_mobile`, `phone_taken`; at the desk those of
    `check_can_see_to`).
    """
    owner = _locked(owner_of(person))
    if how == How.SEEN:
        rules.check_can_see_to(by, owner.account)
    rules.check_new_phone(new_phone, owner.phone, has_account=owner.account is not None)
    rules.check_is_free(owner.account is not None and is_taken(new_phone))
    open_ones = PhoneChange.objects.filter(owner.key, PhoneChange.OPEN)
    open_ones.update(ended_at=now, ending=Ending.REPLACED)
    change = PhoneChange.objects.create(
        resident=owner.resident,
        account=owner.account,
        old_phone=owner.phone,
        new_phone=new_phone,
        takes_along=takes_along,
        how=how,
        reason=reason,
        by=by,
        proved_at=now,
        in_force_at=rules.in_force_at(
            how=how, answers_for_others=answers_for_others(owner), now=now
        ),
    )
    if owner.resident:
        events.note(resident=owner.resident, kind=PHONE, reason=reason, by=by, now=now)
    if change.in_force_at <= now:
        _put(change, change.old_phone, change.new_phone)
        change.done_at = now
        change.save(update_fields=["done_at"])
    return change


def is_taken(phone: str) -> bool:
    return User.objects.filter(phone=phone).exists()


def answers_for_others(owner: Owner) -> bool:
    """Whether the phone opens more than its owner's own things."""
    has_power = owner.account is not None and owner.account.has_power
    return has_power or Guardianship.objects.filter(guardian=owner.resident).exists()


def sharing(person: Resident | User) -> QuerySet[Resident]:
    """Who else has the number, without an account, of those for whom the person acts."""
    resident = owner_of(person).resident
    if resident is None or not resident.phone:
        return Resident.objects.none()
    ward = Guardianship.objects.filter(guardian=resident, child=OuterRef("pk"))
    ours = Q(Exists(ward))
    if resident.household_id:
        ours |= Q(household=resident.household_id)
    found = Resident.objects.filter(ours, account=None, phone_key=phone_key(resident.phone))
    return found.exclude(pk=resident.pk).order_by("pk")


def has_household_phone(person: Resident | User) -> bool:
    """Whether the household's number is the person's own."""
    resident = owner_of(person).resident
    home = resident.household if resident else None
    return home is not None and home.phone != "" and home.phone == resident.phone  # type: ignore[union-attr]


def _put(change: PhoneChange, old: str, new: str) -> None:
    """Everywhere at once, so that no message goes to the one and the next to the other.

    Raises `Refused` (`phone_taken`).
    """
    person = change.resident
    people = [person.pk] if person else []
    if person and change.takes_along:
        people += sharing(person).values_list("pk", flat=True)
    if change.account_id:
        _give_to_account(change.account_id, new)
    Resident.objects.filter(pk__in=people).update(phone=new, phone_key=phone_key(new))
    if person and person.household_id and change.takes_along and old:
        Household.objects.filter(pk=person.household_id, phone=old).update(phone=new)
    for app in parts_of(Endings):
        app.phone_changed(people, old, new)
    who = f"person {person.pk}" if person else ""
    trail.note(trail.Kind.PHONE, about=change.account_id, what=who, now=local_now())


def _give_to_account(account: int, phone: str) -> None:
    try:
        with transaction.atomic():
            User.objects.filter(pk=account).update(phone=phone)
    except IntegrityError:
        # The database's own words would carry the phone into logs.
        rules.check_is_free(is_taken=True)


@transaction.atomic
def put_in_force(*, change: PhoneChange, now: datetime) -> PhoneChange:
    """Carry an open change out; where the new number has got another account meanwhile, it ends.

    Raises `Refused` (`not_open`).
    """
    locked = _locked_change(change)
    rules.check_is_open(locked)
    try:
        with transaction.atomic():
            _put(locked, locked.old_phone, locked.new_phone)
        locked.done_at = now
    except Refused:
        locked.ended_at, locked.ending = now, Ending.TAKEN
    locked.save(update_fields=["done_at", "ended_at", "ending"])
    return locked


def _locked_change(change: PhoneChange) -> PhoneChange:
    """People before changes, as everywhere."""
    _locked(Owner(change.resident, change.account))
    return PhoneChange.objects.select_for_update(of=("self",)).get(pk=change.pk)


@transaction.atomic
def stop(*, change: PhoneChange, now: datetime) -> PhoneChange:
    """The old number says that it was somebody else: an open change ends, one in force is put back,
    with those that were built upon it.

    Raises `Refused` (`not_to_be_stopped`, `phone_taken`).
    """
    locked = _locked_change(change)
    rules.check_can_be_stopped(locked, was_seen_since=was_seen_since(locked), now=now)
    if locked.done_at:
        _put(locked, Owner(locked.resident, locked.account).phone, locked.old_phone)
        _later(locked).filter(ended_at=None).update(ended_at=now, ending=Ending.STOPPED)
    locked.ended_at, locked.ending = now, Ending.STOPPED
    locked.save(update_fields=["ended_at", "ending"])
    return locked


def was_seen_since(change: PhoneChange) -> bool:
    """Whether staff have had the person before them after it."""
    return _later(change).filter(how=How.SEEN).exists()


def _later(change: PhoneChange) -> QuerySet[PhoneChange]:
    owner = Owner(change.resident, change.account)
    return PhoneChange.objects.filter(owner.key, pk__gt=change.pk)


@transaction.atomic
def take_back(*, change: PhoneChange, now: datetime) -> PhoneChange:
    """The person, or staff, think better of an open change. Raises `Refused` (`not_open`)."""
    locked = _locked_change(change)
    rules.check_is_open(locked)
    locked.ended_at, locked.ending = now, Ending.TAKEN_BACK
    locked.save(update_fields=["ended_at", "ending"])
    return locked


def changes_of(owner: Owner) -> QuerySet[PhoneChange]:
    """The newest first."""
    return PhoneChange.objects.filter(owner.key).select_related("by")


def open_change(owner: Owner) -> PhoneChange | None:
    return changes_of(owner).filter(PhoneChange.OPEN).first()


def due(now: datetime) -> QuerySet[PhoneChange]:
    """Open changes whose moment has come, of people who are there."""
    there = Q(resident=None) | Q(resident__erased_at=None)
    return PhoneChange.objects.filter(there, PhoneChange.OPEN, in_force_at__lte=now).order_by("pk")


def forget_numbers(now: datetime) -> int:
    """Take the numbers out of changes that are settled for long."""
    settled = PhoneChange.objects.exclude(PhoneChange.OPEN).exclude(old_phone="", new_phone="")
    old = settled.filter(in_force_at__lt=now - rules.NUMBERS_ARE_KEPT)
    return old.update(old_phone="", new_phone="")
