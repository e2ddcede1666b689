"""An enterprise nominates a worker, and the worker says yes or no on their own phone.

Lock order: the year of the scheme → allotment → nomination → application.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.actions import cancel
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.phones import notify_phone
from diedie_edu.people.actions.consents import add_grown_up
from diedie_edu.people.models import ConsentText, Resident
from edu_base import dream_messages as messages
from edu_base.actions import applying
from edu_base.actions.enterprises import lock_allotment, said_in_words
from edu_base.models import Allotment, Application, Belonging, Intake, Nomination
from edu_base.models.states import LIVE
from edu_base.queries import nominations as queries
from edu_base.rules import nominations as rules

Ending = Nomination.Ending
Check = Callable[[Nomination], None]
BY_ENTERPRISE = Throttle("nominations", "NOMINATIONS_PER_HOUR")


@dataclass(frozen=True)
class Nominee:
    """What an enterprise says of a worker."""

    full_name: str
    phone: str
    reason: str
    job: str = ""
    employed_since: date | None = None


# --- The enterprise, or staff on its behalf --------------------------------------------


@transaction.atomic
def nominate(*, allotment: Allotment, told: Nominee, by: User | None, now: datetime) -> Nomination:
    """Take one of the enterprise's places for a worker, who gets a link to say yes or no; `by` is
    None for the enterprise itself, by its own link.

    Raises `Refused`: `over`, `no_mobile`, `since_ahead`, `none_left`, `nominated_already`,
    `number_of_another`, `number_of_contact`, `too_many`.
    """
    locked, today = lock_allotment(allotment.pk), local_day(now)
    rules.check_nominates(locked, today)
    rules.check_nominee(told.phone, told.employed_since, today)
    if by is None:
        rules.check_not_too_many(BY_ENTERPRISE.is_used_up(str(locked.pk), now))
        BY_ENTERPRISE.count(str(locked.pk), now)
    with said_in_words():
        made = Nomination.objects.create(
            allotment=locked, year=locked.year, nominated_at=now, nominated_by=by, **vars(told)
        )
    tell_worker(messages.NOMINATED, made, now)
    return made


@transaction.atomic
def take_back(*, nomination: Nomination, by: User | None, now: datetime) -> None:
    """The enterprise itself may until the worker has said yes; staff (`by`) also after that, and an
    application that is a draft ends with it. The worker hears. Twice is harmless.

    Raises `Refused` (`confirmed`).
    """
    check = rules.nothing if by else rules.check_waits
    end(nomination, Ending.TAKEN_BACK, by, now, check=check, tells=True)


@transaction.atomic
def note_left(*, nomination: Nomination, by: User | None, now: datetime) -> None:
    """The worker has left the enterprise. Where they have not said yes, the place is free again;
    else staff see to it, for they may work in another enterprise of the community."""
    lock_allotment(nomination.allotment_id)
    locked = _lock(nomination)
    rules.check_is_open(locked)
    if locked.confirmed_at is None:
        end(locked, Ending.LEFT, by, now, tells=True)
    elif locked.left_on is None:
        locked.left_on = local_day(now)
        locked.save(update_fields=["left_on"])


@transaction.atomic
def settle_left(*, nomination: Nomination, goes_on: bool, by: User, now: datetime) -> None:
    """Staff have asked: the worker goes on (they work here all the same), or the nomination ends.
    An application that is under review is decided there."""
    if not goes_on:
        end(nomination, Ending.LEFT, by, now, tells=True)
        return
    locked = _lock(nomination)
    locked.left_on = None
    locked.save(update_fields=["left_on"])


# --- The worker ------------------------------------------------------------------------


@transaction.atomic
def confirm(
    *, nomination: Nomination, intake: Intake | None, text: ConsentText, now: datetime
) -> Application:
    """The worker agrees to take part and to the use of their data (`text`): an application of
    theirs is there from now on, as a draft. One to the scheme that they have begun themselves is
    that one. Twice is harmless.

    Raises `Refused`: `ended`, `closed`, `already`, `number_of_contact`, and as `applying.start`.
    """
    locked = _lock(nomination)
    if locked.application is not None and locked.ended_at is None:
        return locked.application
    rules.check_waits(locked)
    rules.check_not_the_contacts(locked, locked.allotment.enterprise.organisation.phone)
    person = add_grown_up(full_name=locked.full_name, phone=locked.phone)
    application = _own(person, locked.year) or _begin(locked, person, intake, text, now)
    locked.application, locked.person, locked.confirmed_at = application, person, now
    with said_in_words():
        locked.save(update_fields=["application", "person", "confirmed_at"])
    cancel(subject=messages.NOMINATION.of(locked.pk), now=now)
    return application


def _own(person: Resident, year: int) -> Application | None:
    """The application that the person has this year already. Raises `Refused` (`already`)."""
    rows = Application.objects.select_for_update(of=("self",))
    found = rows.filter(person=person, year=year, state__in=LIVE, nomination=None).first()
    if found is not None:
        rules.check_same_scheme(found)
    return found


def _begin(
    nomination: Nomination,
    person: Resident,
    intake: Intake | None,
    text: ConsentText,
    now: datetime,
) -> Application:
    open_ones = queries.classes_open(nomination.year, local_day(now))
    taken = rules.class_taken(intake, open_ones)
    agreement = applying.Agreement(text)
    who: dict[str, Any] = {"person": person, "guardian": None, "by": None}
    made = applying.start(intake=taken, agreement=agreement, now=now, **who)
    made.belongs_by, made.employed_since = Belonging.WORKS, nomination.employed_since
    made.save(update_fields=["belongs_by", "employed_since"])
    return made


@transaction.atomic
def decline(*, nomination: Nomination, now: datetime) -> None:
    """The worker says no, or takes the yes back while the application is the draft that it made.
    The enterprise reads no reason. Twice is harmless. Raises `Refused` (`confirmed`)."""
    end(nomination, Ending.DECLINED, None, now, check=rules.check_may_say_no)


# --- Ending ----------------------------------------------------------------------------


def end(
    nomination: Nomination,
    ending: str,
    by: User | None,
    now: datetime,
    *,
    check: Check = rules.nothing,
    tells: bool = False,
) -> None:
    """End it where `check` does not refuse, and with it the draft that its yes has made. Inside a
    transaction; twice is harmless."""
    lock_allotment(nomination.allotment_id)
    locked = _lock(nomination)
    if locked.ended_at is not None:
        return
    check(locked)
    locked.ended_at, locked.ended_by, locked.ending = now, by, ending
    locked.save(update_fields=["ended_at", "ended_by", "ending"])
    cancel(subject=messages.NOMINATION.of(locked.pk), now=now)
    if locked.application is not None and rules.is_draft_of(locked):
        applying.delete_draft(application=locked.application)
    if tells:
        tell_worker(messages.NOMINATION_ENDED, locked, now)


# --- Shared ----------------------------------------------------------------------------


def _lock(nomination: Nomination) -> Nomination:
    rows = Nomination.objects.select_related("application", "allotment__enterprise__organisation")
    return rows.select_for_update(of=("self",)).get(pk=nomination.pk)


def tell_worker(kind: Kind, nomination: Nomination, now: datetime) -> None:
    until = queries.answer_until(nomination.year) or local_day(now)
    notify_phone(
        kind=kind,
        phone=nomination.phone,
        language=settings.LANGUAGE_CODE,
        subject=messages.NOMINATION.of(nomination.pk),
        data={
            "nominated": nomination.pk,
            "person": nomination.full_name,
            "title": nomination.allotment.enterprise.organisation.title,
            "until_on": until,
        },
        now=now,
        expires_at=moment(until + rules.DAY),
    )
