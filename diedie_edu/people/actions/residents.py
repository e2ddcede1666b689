"""Writes about people that touch more than one row."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions import roles, trail
from diedie_edu.accounts.actions.accounts import open_account
from diedie_edu.accounts.models import PrivacyNotice, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.names import name_key
from diedie_edu.common.phones import phone_key
from diedie_edu.common.references import erase
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.people.rules.residents import check_may_be_stored


def match_volunteer_roles(*, residents: Collection[int], by: User | None, now: datetime) -> None:
    """Give the volunteer's role to accounts of those who serve, take it from those who do not.

    `residents` are ids; people without an account have no role to match. `by` is None where
    it follows from registering.
    """
    accounts = User.objects.filter(resident__in=residents)
    serving = accounts.filter(resident__volunteer__is_active=True)
    roles.match_role(role=Role.VOLUNTEER, holders=serving, among=accounts, by=by, now=now)


@transaction.atomic
def register_resident(
    *,
    phone: str,
    full_name: str,
    residency: str,
    password: str | None,
    language: str,
    notice: PrivacyNotice | None,
    now: datetime,
) -> Resident:
    """Open an account for a phone that proved itself by a code, with the person behind it.

    Somebody whom staff have entered before is taken over where phone and name fit one person
    alone; where they fit two or none, a person is added, and staff bring doubles together. What
    they say of their `residency` counts, unless staff have noted that they live elsewhere.
    Raises `Refused` as `open_account` and `check_may_be_stored` do.
    """
    resident = _entered_before(phone, full_name) or Resident(phone=phone, full_name=full_name)
    check_may_be_stored(resident.birth_date, local_day(now))
    if resident.residency == Resident.Residency.PERMANENT:  # which is what nobody was asked for
        resident.residency = residency
    resident.account = open_account(
        phone=phone,
        display_name=full_name,
        password=password,
        language=language,
        notice=notice,
        now=now,
    )
    resident.save()
    match_volunteer_roles(residents=[resident.pk], by=None, now=now)
    return resident


def _entered_before(phone: str, full_name: str) -> Resident | None:
    same = Resident.objects.filter(
        account=None, phone_key=phone_key(phone), name_key=name_key(full_name), departed_on=None
    )
    found = list(same.select_for_update()[:2])
    return found[0] if len(found) == 1 else None


def change_contact(
    *, resident: Resident, email: str, wants_sms: bool, wants_email: bool
) -> Resident:
    """How somebody wishes to be told things."""
    resident.email, resident.wants_sms, resident.wants_email = email, wants_sms, wants_email
    resident.save(update_fields=["email", "wants_sms", "wants_email"])
    return resident


def forget(resident: Resident, now: datetime) -> None:
    """Erase a person: what names them, and what apps keep of their words."""
    for app in parts_of(Endings):
        app.erased(resident, now)
    erase(resident, now)
    trail.note(trail.Kind.ERASED, what=f"person {resident.pk}", now=now)


def note_custody(bond: Guardianship, *, by: User | None, now: datetime) -> None:
    number = by.pk if by else None
    trail.note(trail.Kind.CUSTODY, by=number, what=f"child {bond.child_id}", now=now)


@transaction.atomic
def delete_guardianship(*, bond: Guardianship, by: User, now: datetime) -> None:
    """Take out a bond that was entered by mistake.

    Raises `Refused` (`still_named`) where a programme rests on it, by what the database says.
    """
    note_custody(bond, by=by, now=now)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            bond.delete()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        message = _(
            "This guardian answers for the child in a programme. Change it on the child's record "
            "there, with the paper that says so."
        )
        raise Refused("still_named", message) from error


def add_resident(*, full_name: str, phone: str) -> Resident:
    """Somebody of 14 or older who is entered by staff: by name and, if they wish, a phone.

    Whoever stands in the register with that name and that phone is that person.
    """
    if phone:
        same = Resident.objects.filter(name_key=name_key(full_name), phone_key=phone_key(phone))
        resident = same.first()
        if resident is not None:
            return resident
    return Resident.objects.create(full_name=full_name, phone=phone)
