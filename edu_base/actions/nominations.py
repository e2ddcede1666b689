"""An enterprise nominates a worker, and the worker says yes or no on their own phone.

Lock order: the year of the scheme → allotment → nomination → application.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.actions import cancel
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.phones import notify_phone
from diedie_edu.people.actions.consents import add_grown_up
from diedie_edu.people.models import Resident
from edu_base import dream_messages as messages
from edu_base.actions import places
from edu_base.actions.enterprises import lock_allotment, said_in_words
from edu_base.models import Allotment, Application, Belonging, Intake, Nomination, State, Step
from edu_base.models.states import LIVE
from edu_base.queries import nominations as queries
from edu_base.rules import nominations as rules

Ending = Nomination.Ending
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
    end(nomination, Ending.TAKEN_BACK, by, now, tells=True)


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
def confirm(*, nomination: Nomination, intake: Intake | None, now: datetime) -> Application:
    """The worker agrees to take part and to the use of their data: an application of theirs is
    there from now on, as a draft. An application to the scheme that they have begun themselves is
    that one. Twice is harmless.

    Raises `Refused`: `ended`, `closed`, `already`, `number_of_contact`, `number_of_another`.
    """
    locked = _lock(nomination)
    if locked.application is not None and locked.ended_at is None:
        return locked.application
    rules.check_waits(locked)
    rules.check_takes(intake, queries.classes_open(locked.year, local_day(now)))
    rules.check_not_the_contacts(locked, locked.allotment.enterprise.organisation.phone)
    person = add_grown_up(full_name=locked.full_name, phone=locked.phone)
    with said_in_words():
        locked.application = _own(person, locked.year) or _draft(locked, person, intake, now)
        locked.person, locked.confirmed_at = person, now
        locked.save(update_fields=["application", "person", "confirmed_at"])
    cancel(subject=messages.NOMINATION.of(locked.pk), now=now)
    return locked.application


def _own(person: Resident, year: int) -> Application | None:
    """The application that the person has this year already. Raises `Refused` (`already`)."""
    rows = Application.objects.select_for_update(of=("self",))
    found = rows.filter(person=person, year=year, state__in=LIVE, nomination=None).first()
    if found is not None:
        rules.check_same_scheme(found)
    return found


def _draft(nomination: Nomination, person: Resident, intake: Any, now: datetime) -> Application:
    return Application.objects.create(
        intake=intake,
        scheme=intake.scheme,
        year=intake.year,
        person=person,
        origin=Application.Origin.NOMINATED,
        made_at=now,
        agreed_at=now,
        state_since=now,
        belongs_by=Belonging.WORKS,
        employed_since=nomination.employed_since,
    )


@transaction.atomic
def decline(*, nomination: Nomination, now: datetime) -> None:
    """The worker says no, or takes the yes back while the application is a draft. The enterprise
    reads no reason. Twice is harmless. Raises `Refused` (`confirmed`)."""
    end(nomination, Ending.DECLINED, None, now)


# --- Ending ----------------------------------------------------------------------------


def end(
    nomination: Nomination, ending: str, by: User | None, now: datetime, *, tells: bool = False
) -> None:
    """End it, and the application with it where that is still a draft."""
    lock_allotment(nomination.allotment_id)
    locked = _lock(nomination)
    if locked.ended_at is not None:
        return
    application = locked.application
    is_draft = application is not None and application.state == State.DRAFT
    if by is None and not (ending == Ending.DECLINED and is_draft):
        rules.check_waits(locked)
    locked.ended_at, locked.ended_by, locked.ending = now, by, ending
    locked.save(update_fields=["ended_at", "ended_by", "ending"])
    cancel(subject=messages.NOMINATION.of(locked.pk), now=now)
    if application is not None and is_draft:
        _withdraw(application, by, now)
    if tells:
        tell_worker(messages.NOMINATION_ENDED, locked, now)


def _withdraw(application: Application, by: User | None, now: datetime) -> None:
    acting = Step.Acting.STAFF if by else Step.Acting.NOBODY
    reason = _("The nomination has ended.")
    places.end(
        application=application, to=State.WITHDRAWN, by=by, now=now, acting=acting, reason=reason
    )


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
