"""Somebody asks to be forgotten, and is (PIPL art. 15, 47).

Lock order: the person → the account → the request → the children by number → what apps hold.
"""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction

from diedie_edu.accounts import rules as account_rules
from diedie_edu.accounts.actions.accounts import erase_account
from diedie_edu.accounts.models import User
from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.phones import phone_key
from diedie_edu.people import queries
from diedie_edu.people.actions import consents, volunteers
from diedie_edu.people.actions.matters import matters_of
from diedie_edu.people.actions.residents import forget, note_custody
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import (
    Consent,
    ErasureRequest,
    Guardianship,
    Household,
    Resident,
    Volunteer,
)
from diedie_edu.people.rules import erasures as rules
from diedie_edu.people.rules import residents

logger = logging.getLogger(__name__)
Scope = ErasureRequest.Scope
Ending = ErasureRequest.Ending


@transaction.atomic
def ask(
    *,
    resident: Resident | None,
    account: User | None,
    scope: str,
    seen: str,
    by: User,
    now: datetime,
) -> ErasureRequest:
    """Write down what somebody asks for; asking again gives the open request, with its day.

    Raises `Refused` for a child (`child`), and for an account with more power than that of `by`,
    who is somebody else (`account_above_yours`).
    """
    _lock(resident, account)
    today = local_day(now)
    if resident is not None:
        rules.check_is_grown(residents.is_child(resident.birth_date, today))
    if account is not None and account.pk != by.pk:
        account_rules.check_is_within(by, account)
    found = queries.open_erasure(resident, account)
    if found is not None:
        if found.scope != scope:
            ErasureRequest.objects.filter(pk=found.pk).update(scope=scope)
        return found
    return ErasureRequest.objects.create(
        resident=resident,
        account=account,
        scope=scope,
        seen=seen,
        asked_by=by,
        asked_at=now,
        due_on=rules.due_on(today, known_calendar()),
    )


@transaction.atomic
def withdraw(*, request: ErasureRequest, by: User, now: datetime) -> None:
    """The person stays after all. Raises `Refused` (`ended`)."""
    locked = _locked_request(request.pk)
    rules.check_is_open(locked)
    _end(locked, Ending.WITHDRAWN, by, now)


@transaction.atomic
def carry_out(*, request: ErasureRequest, by: User | None, now: datetime) -> None:
    """Erase whom the request is about: on its day (`by` is None) or before, where nothing stands
    in the way and nobody goes along.

    Raises `Refused` (`ended`, `in_the_way`, `children`, `account_above_yours`; as erasing does).
    """
    locked = _locked_request(request.pk)
    rules.check_is_open(locked)
    if by is not None:
        if locked.account and locked.account_id != by.pk:
            account_rules.check_is_within(by, locked.account)
        names = queries.who_goes_along(locked, local_day(now))
        rules.check_may_be_early(locked, local_day(now), names)
    rules.check_nothing_stops(matters_of(locked, now))
    if locked.scope == Scope.ALL and locked.resident:
        erase_person(resident=locked.resident, now=now)
    if locked.account:
        erase_account(user=locked.account, now=now)
    _end(locked, Ending.DONE, by, now)


@transaction.atomic
def erase_now(*, resident: Resident, by: User, now: datetime) -> None:
    """Ask for it and carry it out, in the admin site. Raises `Refused` as `ask` and `carry_out`."""
    wish = ask(
        resident=resident,
        account=resident.account,
        scope=Scope.ALL,
        seen=ErasureRequest.Seen.KNOWN,
        by=by,
        now=now,
    )
    carry_out(request=wish, by=by, now=now)


def erase_due(*, now: datetime) -> int:
    """Carry out every request whose day has come, each in a transaction of its own; how many. What
    something stands in the way of is left to staff, who see it."""
    done = 0
    for request in queries.open_erasures().filter(due_on__lte=local_day(now)):
        try:
            with transaction.atomic():
                carry_out(request=request, by=None, now=now)
            done += 1
        except (Refused, IntegrityError) as error:
            logger.warning("erasure %s waits: %s", request.pk, type(error).__name__)
    return done


@transaction.atomic
def erase_person(*, resident: Resident, now: datetime) -> None:
    """Forget a grown-up; an account of theirs stays.

    Raises `Refused` (`consent_lives`, `still_named`).
    """
    locked = Resident.objects.select_for_update(of=("self",)).get(pk=resident.pk)
    residents.check_may_be_erased(locked.consents.filter(ended_at=None).exists())
    for bond in Guardianship.objects.filter(guardian=locked).order_by("child_id"):
        _part_from_child(locked, bond.child_id, now)
    household, phone = locked.household, locked.phone_key
    serves = Volunteer.objects.filter(resident=locked).first()
    if serves is not None:
        volunteers.leave(volunteer=serves, by=None, now=now)
    forget(locked, now)
    if serves is not None:
        volunteers.forget_service(serves)
    if household is not None:
        _tidy_household(household, phone)


def _part_from_child(guardian: Resident, number: int, now: datetime) -> None:
    """The guardian's consents end. A child for whom nobody else answers goes along; of another,
    what the guardian had to do with it is taken out."""
    child = consents.lock_child_row(number)
    own = Consent.objects.filter(child=child, guardian=guardian, ended_at=None)
    for consent in own.order_by("pk"):
        how = Consent.Ending.WITHDRAWN_ONLINE
        consents.end_consent(consent=consent, ending=how, by=None, now=now)
    if queries.is_alone_with(child, guardian, local_day(now)):
        forget(child, now)
        return
    for app in parts_of(Endings):
        app.guardian_erased(child, guardian, now)
    for bond in Guardianship.objects.filter(child=child, guardian=guardian):
        bond.delete()
        note_custody(bond, by=None, now=now)


def _tidy_household(household: Household, phone: str) -> None:
    """One without anybody goes; another keeps no phone that was the person's."""
    if not household.members.exists():
        household.delete()
    elif phone and phone_key(household.phone) == phone:
        Household.objects.filter(pk=household.pk).update(phone="")


def _lock(resident: Resident | None, account: User | None) -> None:
    """Nobody else asks for the same, merges or erases them until this transaction ends. Raises
    `DoesNotExist` for somebody who is gone."""
    if resident is not None:
        Resident.objects.select_for_update(of=("self",), no_key=True).get(pk=resident.pk)
    if account is not None:
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=account.pk)


def _locked_request(number: int) -> ErasureRequest:
    found = ErasureRequest.objects.get(pk=number)
    people = Resident.rows.filter(pk=found.resident_id or 0)
    list(people.select_for_update(of=("self",)))
    list(User.rows.filter(pk=found.account_id or 0).select_for_update(of=("self",)))
    rows = ErasureRequest.objects.select_related("resident", "account")
    return rows.select_for_update(of=("self",)).get(pk=number)


def _end(request: ErasureRequest, ending: str, by: User | None, now: datetime) -> None:
    request.ended_at, request.ending, request.ended_by = now, ending, by
    request.save(update_fields=["ended_at", "ending", "ended_by"])
