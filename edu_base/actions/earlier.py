"""Students of the years before the portal, from the lists that the base kept then."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.errors import constraint_of
from diedie_edu.people.actions.residents import add_resident
from diedie_edu.people.models import Resident
from edu_base.actions import applicants, dwellings
from edu_base.actions.places import lock_class
from edu_base.models import Application, Dwelling, Intake, Step
from edu_base.rules import earlier as rules
from edu_base.rules.states import refusal_by


@dataclass(frozen=True)
class EarlierStudent:
    """As the list has it; `seen` is the household's paper, or head and address."""

    full_name: str
    phone: str
    birth_date: date | None
    intake: Intake
    state: str
    since: date
    seen: dwellings.Seen | None


@transaction.atomic
def add_student(*, told: EarlierStudent, by: User, now: datetime) -> Application:
    """One student of an earlier year, who takes a place of that year and is their household's.

    Raises `Refused` (`no_student`, `not_earlier`, `no_household`, `household`, `full_year`,
    `full_class`, `already`).
    """
    rules.check_is_student(told.state)
    rules.check_is_earlier(told.intake.year, local_day(now))
    lock_class(told.intake)
    rules.check_has_household(told.intake.scheme, told.seen is not None)
    at = moment(told.since, time(0))
    person = _person(told, local_day(now))
    seen = {"dwelling_seen_by": by, "dwelling_seen_at": now} if told.seen else {}
    dwelling: Dwelling | None = dwellings.known(told.seen, by, now) if told.seen else None
    row = Application(
        intake=told.intake,
        scheme=told.intake.scheme,
        year=told.intake.year,
        person=person,
        origin=Application.Origin.LIST,
        made_by=by,
        made_at=now,
        dwelling=dwelling,
        state=told.state,
        state_since=at,
        last_step=1,
        **seen,
    )
    return _save(row, at)


def _person(told: EarlierStudent, today: date) -> Resident:
    who = {"full_name": told.full_name, "phone": told.phone}
    if told.birth_date:
        return applicants.add_from_paper(birth_date=told.birth_date, today=today, **who)
    return add_resident(**who)


def _save(row: Application, at: datetime) -> Application:
    """With the one step of its history, which nobody here has made."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if refusal := refusal_by(constraint_of(error)):
            raise refusal from error
        raise
    Step.objects.create(
        application=row, number=1, state=row.state, at=at, acting=Step.Acting.NOBODY
    )
    return row
