"""What of people stays ended when an older back-up is brought back."""

from datetime import date, datetime
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.endings import EndingKind
from diedie_edu.people.actions import clearances, consents, erasing, volunteers
from diedie_edu.people.actions.residents import forget, note_custody
from diedie_edu.people.models import Clearance, Consent, Guardianship, Resident, Volunteer
from diedie_edu.people.rules import residents


def _person(number: int, _how: str, now: datetime) -> bool:
    person = Resident.objects.filter(pk=number).first()
    if person is None:
        return False
    if residents.is_child(person.birth_date, local_day(now)):
        forget(person, now)
    else:
        erasing.erase_person(resident=person, now=now)
    return True


def _consent(number: int, how: str, now: datetime) -> bool:
    consent = Consent.objects.filter(pk=number, ended_at=None, child__isnull=False).first()
    if consent is None:
        return False
    consents.end_consent(consent=consent, ending=how, by=None, now=now)
    return True


def _bond(number: int, _how: str, now: datetime) -> bool:
    bond = Guardianship.objects.filter(pk=number).first()
    if bond is None:
        return False
    note_custody(bond, by=None, now=now)
    bond.delete()
    return True


def _clearance(number: int, how: str, now: datetime) -> bool:
    """`how`: its result and last day by now, and by whom it was checked."""
    result, last, _by = how.split()
    clearance = Clearance.objects.filter(pk=number).exclude(result=result, valid_until=last).first()
    if clearance is None:
        return False
    clearances.change_clearance(
        clearance=clearance,
        result=result,
        valid_until=date.fromisoformat(last),
        by=clearance.checked_by,
        now=now,
    )
    return True


def _not_clear(number: int, how: str, now: datetime) -> bool:
    """A check that was entered since and is not clear: of which days, and by whom."""
    first, last, by = how.split()
    volunteer = Volunteer.objects.filter(pk=number).first()
    facts: dict[str, Any] = {
        "result": Clearance.Result.NOT_CLEAR,
        "checked_on": date.fromisoformat(first),
    }
    if volunteer is None or Clearance.objects.filter(volunteer=volunteer, **facts).exists():
        return False
    clearances.record_clearance(
        volunteer=volunteer,
        **facts,
        valid_until=date.fromisoformat(last),
        by=User.rows.get(pk=by),
        now=now,
    )
    return True


def _volunteer(number: int, _how: str, now: datetime) -> bool:
    volunteer = Volunteer.objects.filter(pk=number).first()
    return volunteer is not None and volunteers.leave(volunteer=volunteer, by=None, now=now)


CLEARANCE = "people_clearance"
ENDINGS = (
    EndingKind(
        "consent",
        30,
        "people_consent",
        "UPDATE",
        _consent,
        when="OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND NEW.ending <> 'replaced'",
        how="NEW.ending",
    ),
    EndingKind("bond", 36, "people_guardianship", "DELETE", _bond, number="OLD.id"),
    EndingKind(
        "clearance",
        50,
        CLEARANCE,
        "UPDATE",
        _clearance,
        when="OLD.result = 'clear' AND"
        " (NEW.result <> 'clear' OR NEW.valid_until < OLD.valid_until)",
        how="concat_ws(' ', NEW.result, NEW.valid_until, NEW.checked_by_id)",
    ),
    EndingKind(
        "not_clear",
        50,
        CLEARANCE,
        "INSERT",
        _not_clear,
        when="NEW.result = 'not_clear'",
        number="NEW.volunteer_id",
        how="concat_ws(' ', NEW.checked_on, NEW.valid_until, NEW.checked_by_id)",
    ),
    EndingKind(
        "volunteer",
        52,
        "people_volunteer",
        "UPDATE",
        _volunteer,
        when="OLD.is_active AND NOT NEW.is_active",
        back="NEW.is_active AND NOT OLD.is_active",
    ),
    EndingKind(
        "person",
        80,
        "people_resident",
        "UPDATE",
        _person,
        when="OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.merged_into_id IS NULL",
        back="OLD.erased_at IS NOT NULL AND NEW.erased_at IS NULL",
    ),
)
