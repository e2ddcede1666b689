"""Awarding grants, and the facts of each: announced, signed for, paid, and what is taken back.

Lock order: fund → awards by their numbers. The database holds the sum that was approved, and that
each fact stands once (`models.grants`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import constraint_of
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.office.actions.spending import check_year_is_open
from diedie_edu.people.models import Resident
from edu_base import grant_messages as messages
from edu_base.models import Application, Award, Fact, GrantFact, GrantFund
from edu_base.queries import grants as queries
from edu_base.queries.applications import hearers
from edu_base.rules import grants as rules


@dataclass(frozen=True)
class Told:
    """What staff say of a fact: the day, and a note (where announced, which voucher); of a grant
    signed for by somebody else, their name and who they are to the student."""

    on: date
    note: str = ""
    proxy: str = ""
    proxy_is: str = ""


@transaction.atomic
def award(
    *,
    fund: GrantFund,
    applications: Iterable[Application],
    amount: Decimal,
    on: date,
    by: User,
    now: datetime,
) -> list[Award]:
    """Award a grant to students, to all of them or to none.

    Raises `Refused`: `sum` where what was approved does not suffice, `already`, `no_student`,
    `other_fund`, `ahead`, `closed`.
    """
    locked = GrantFund.objects.select_for_update().get(pk=fund.pk)
    check_year_is_open(locked.item_id)
    rules.check_day(on, local_day(now))
    return [_award(locked, one, amount, on, by, now) for one in applications]


def _award(
    fund: GrantFund, application: Application, amount: Decimal, on: date, by: User, now: datetime
) -> Award:
    rules.check_may_get(application, fund)
    rules.check_has_none(application, queries.has_one_already(fund, application))
    with _refusing(application.person):
        made = Award.objects.create(fund=fund, application=application, amount=amount)
        made.facts.create(fact=Fact.AWARDED, on=on, at=now, by=by)
    _tell(made, messages.GRANT_AWARDED, now)
    return made


@transaction.atomic
def record(*, awards: Iterable[Award], fact: Fact, told: Told, by: User, now: datetime) -> None:
    """Enter that grants were announced, signed for or paid: all of them or none.

    Raises `Refused`: `already` (nobody is paid twice), `too_early` where the fact before it is
    missing, `no_student`, `ahead`, `no_proxy`, `closed`.
    """
    rules.check_proxy(fact, told.proxy, told.proxy_is)
    locked = lock_awards(awards)
    for item in {one.fund.item_id for one in locked}:
        check_year_is_open(item)
    for one in locked:
        rules.check_follows(one, standing(one), fact, told.on, local_day(now))
        entry = one.facts.create(fact=fact, at=now, by=by, **vars(told))
        _tell_of(entry, one, now)


def _tell_of(entry: GrantFact, award: Award, now: datetime) -> None:
    if entry.proxy:
        who = {"proxy": entry.proxy, "proxy_is": entry.proxy_is}
        _tell(award, messages.GRANT_SIGNED_FOR, now, revision=entry.pk, **who)
    elif entry.fact == Fact.PAID:
        _tell(award, messages.GRANT_PAID, now, revision=entry.pk, paid_on=entry.on)


@transaction.atomic
def take_back(*, award: Award, fact: Fact, reason: str, by: User, now: datetime) -> None:
    """Enter against a fact that it does not hold, the last one first; nothing is deleted.

    Raises `Refused` (`no_reason`, `not_last`, `closed`).
    """
    _lock_fund(award)
    [locked] = lock_awards([award])
    check_year_is_open(locked.fund.item_id)
    rules.check_taken_back(locked, standing(locked), fact, reason)
    entry = locked.facts.get(fact=fact, stands=True)
    locked.facts.create(
        fact=fact, on=local_day(now), at=now, by=by, note=reason, takes_back=entry, stands=False
    )
    if fact == Fact.AWARDED:
        _tell(locked, messages.GRANT_TAKEN_BACK, now)


def _lock_fund(award: Award) -> None:
    GrantFund.objects.select_for_update().get(pk=award.fund_id)


def lock_awards(awards: Iterable[Award]) -> list[Award]:
    rows = Award.objects.filter(pk__in=[one.pk for one in awards]).order_by("pk")
    about = rows.select_related("application__person", "fund")
    return list(about.select_for_update(of=("self",)))


def standing(award: Award) -> dict[str, date]:
    """The facts of a locked award that stand, and the day of each."""
    return dict(award.facts.filter(stands=True).values_list("fact", "on"))


@transaction.atomic
def set_up(*, by: User, now: datetime, fund: GrantFund | None = None, **told: Any) -> GrantFund:
    """Enter what the committee approved, or change it, never below what is awarded.

    Raises `Refused` (`sum`, `twin`).
    """
    row = fund or GrantFund()
    for name, value in told.items():
        setattr(row, name, value)
    with _refusing():
        row.save(update_fields=list(told) if fund else None)
    return row


@contextmanager
def _refusing(name: object = "") -> Iterator[None]:
    """Say in words what the database refuses."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = rules.refusal_by(constraint_of(error), name)
        if refusal is None:
            raise
        raise refusal from error


def _tell(award: Award, kind: Kind, now: datetime, revision: int = 1, **more: Any) -> None:
    person = award.application.person
    if person is None:
        return
    about = {
        "name": person.full_name,
        "title_zh": award.fund.title_zh,
        "title_en": award.fund.title_en,
        "amount": f"{award.amount:.2f}",
    }
    notify(
        kind=kind,
        recipients=[one.pk for one in hearers(award.application, local_day(now))],
        subject=messages.AWARD.of(award.pk),
        revision=revision,
        data=about | more,
        now=now,
    )


def forget_person(person: Resident, now: datetime) -> None:
    """What was paid stays, without the names of those who signed."""
    rows = GrantFact.objects.filter(award__application__person=person).exclude(proxy="")
    rows.update(proxy="–", proxy_is="–")
