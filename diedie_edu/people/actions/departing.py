"""Somebody has moved away or died, and may be back."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.deeds import Deed
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.merging import refusal_by
from diedie_edu.common.patience import gives_way
from diedie_edu.people.actions import changes, events
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import PersonEvent, RecordChange, Resident, Volunteer
from diedie_edu.people.rules import changes as rules

DIED = Resident.Departure.DIED


@gives_way
def note_departure(
    *, resident: Resident, departure: str, day: date, reason: str, by: User, now: datetime
) -> RecordChange:
    """From now on nothing is sent, offered or entered for this person; places and duties ahead go
    to others. What they did stays counted. Of somebody who died the account is closed to everybody.

    Raises `Refused` (`gone`, `ahead`, `no_reason`, `own`).
    """
    (person,) = changes.lock_present(resident)
    rules.check_says_why(reason)
    rules.check_is_another(by, [person])
    rules.check_departure(person, day, local_day(now))
    deed = Deed(by, now)
    deed.change(person, departed_on=day, departure=departure)
    try:
        with transaction.atomic():
            _end(person, departure, deed)
            made = changes.write_down(RecordChange.Kind(departure), person, deed, reason)
    except IntegrityError as error:
        raise refusal_by(error) from error
    changes.rearrange([person.pk], by, now)
    events.note(resident=person, kind=PersonEvent.Kind(departure), by=by, now=now, reason=reason)
    return made


def _end(person: Resident, departure: str, deed: Deed) -> None:
    for app in parts_of(Endings):
        app.departed(person, deed)
    for volunteer in Volunteer.objects.filter(resident=person, is_active=True):
        deed.change(volunteer, is_active=False)
    if departure == DIED and person.account:
        deed.change(person.account, is_active=False)


@gives_way
def note_return(*, resident: Resident, reason: str, by: User, now: datetime) -> None:
    """They are here again and sign up anew. What they held went to others; within the time for it
    the departure itself can be undone instead.

    Raises `Refused` (`here`, `no_reason`, `own`).
    """
    (person,) = changes.lock_present(resident)
    rules.check_says_why(reason)
    rules.check_is_another(by, [person])
    rules.check_is_gone(person)
    account = person.account
    if person.departure == DIED and account:
        account.is_active = True
        account.save(update_fields=["is_active"])
    person.departed_on, person.departure = None, ""
    person.save(update_fields=["departed_on", "departure"])
    late = RecordChange.objects.filter(resident=person, kind__in=Resident.Departure.values)
    late.update(notes="")
    events.note(resident=person, kind=PersonEvent.Kind.BACK, by=by, now=now, reason=reason)
