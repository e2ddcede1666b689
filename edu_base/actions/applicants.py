"""The people of an application: who applies, and with which guardian."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.actions.consents import add_grown_up
from diedie_edu.people.actions.residents import add_resident, note_custody
from diedie_edu.people.models import Guardianship, Resident
from edu_base.actions.steps import lock_application
from edu_base.models import Application
from edu_base.rules import ages
from edu_base.rules import applying as rules
from edu_base.rules.states import check_is_draft

NAMED = Throttle("guardian named", "GUARDIANS_PER_HOUR")


@dataclass(frozen=True)
class NamedGuardian:
    """Whom somebody under 18 names."""

    full_name: str
    phone: str


def told_birth_date(person: Resident, birth_date: date | None, today: date) -> Resident:
    """Somebody whose date of birth was not known tells it; one that is known stays.

    Raises `Refused` as `check_may_apply` does.
    """
    if person.birth_date is None and birth_date is not None:
        ages.check_may_apply(birth_date, today)
        Resident.objects.filter(pk=person.pk, birth_date=None).update(birth_date=birth_date)
        person.refresh_from_db(fields=["birth_date"])
    return person


def add_ward(
    *, full_name: str, birth_date: date, relation: str, guardian: Resident, today: date
) -> Resident:
    """A young person of 14 to 17 whom a guardian enters. Raises `Refused` (`of_age_alone` and as
    `check_may_apply`)."""
    ages.check_may_apply(birth_date, today)
    rules.check_is_ward(birth_date, today)
    child = Resident.objects.create(
        full_name=full_name, birth_date=birth_date, residency=guardian.residency
    )
    bond = Guardianship.objects.create(guardian=guardian, child=child, relation=relation)
    note_custody(bond, by=None, now=local_now())
    return child


def add_from_paper(*, full_name: str, phone: str, birth_date: date, today: date) -> Resident:
    """Whose paper staff type in: whoever is known by name and phone, unless they were born on
    another day. Raises `Refused` as `check_may_apply` does."""
    ages.check_may_apply(birth_date, today)
    known = add_resident(full_name=full_name, phone=phone)
    if known.birth_date not in (None, birth_date):
        known = Resident(full_name=full_name, phone=phone)
        known.save()
    return told_birth_date(known, birth_date, today)


def guardian_of(person: Resident, named: NamedGuardian | None, today: date) -> Resident | None:
    """The guardian whom somebody under 18 names; None for whoever is of age."""
    if named is None or not ages.is_minor(person.birth_date, today):
        return None
    return add_grown_up(full_name=named.full_name, phone=named.phone)


@transaction.atomic
def name_guardian(*, application: Application, named: NamedGuardian, now: datetime) -> None:
    """Put another guardian into a draft; the one named before can no longer say yes. Raises
    `Refused` (`moved_on`, `too_many`, `not_a_guardian`)."""
    locked, today = lock_application(application.pk), local_day(now)
    check_is_draft(locked)
    assert locked.person is not None  # a draft is somebody's
    rules.check_not_too_many(NAMED.is_used_up(str(locked.pk), now))
    NAMED.count(str(locked.pk), now)
    locked.guardian = guardian_of(locked.person, named, today)
    rules.check_guardian(locked.person, locked.guardian, today)
    locked.save(update_fields=["guardian"])
