"""Guardians of applicants under 18: asked, heard, stopped by a second one's no, gone at 18."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.links import numbers_in
from edu_base import applying_messages as messages
from edu_base.actions.applying import submit
from edu_base.actions.steps import lock_application
from edu_base.actions.telling import tell
from edu_base.models import Application, State, Step, Stop
from edu_base.queries import applications as queries
from edu_base.rules import applying as rules
from edu_base.rules.ages import OF_AGE, birthday

PURPOSE = "guardian"


def application_of(token: str) -> Application | None:
    """The application that a guardian's link names, while that guardian is its own."""
    numbers = numbers_in(token, PURPOSE) or ()
    if len(numbers) != 2:
        return None
    pk, guardian = numbers
    found = Application.objects.filter(pk=pk, guardian=guardian)
    return found.select_related(*queries.WITH_FACTS).prefetch_related(*queries.WITH_THEM).first()


@transaction.atomic
def ask(*, application: Application, now: datetime) -> None:
    """Ask the guardian for a yes to a draft, or to what was returned, once it is complete; a day's
    second tap sends nothing new.

    Raises `Refused` (`in_review`, `closed`, `incomplete`, `no_consent`).
    """
    locked, today = lock_application(application.pk), local_day(now)
    rules.check_can_change(locked)
    if locked.state == State.DRAFT:
        rules.check_window(locked.intake, today)
    rules.check_complete(locked)
    guardian = locked.guardian
    rules.check_guardian(locked.person, guardian, today)  # type: ignore[arg-type]
    if guardian is not None:
        numbers = [locked.pk, guardian.pk]
        revision = f"{guardian.pk}.{locked.last_step}.{today}"
        kind = messages.GUARDIAN_ASKED
        tell(
            kind=kind,
            application=locked,
            now=now,
            to=[guardian],
            revision=revision,
            **{PURPOSE: numbers},
        )


def agree(*, application: Application, by: User | None, now: datetime) -> None:
    """The guardian's yes sends it in. Raises `Refused` as `submit` does."""
    submit(application=application, acting=Step.Acting.GUARDIAN, by=by, now=now)


@transaction.atomic
def decline(*, application: Application, now: datetime) -> None:
    """The guardian's no: it stays with the applicant. Raises `Refused` (`in_review`)."""
    locked = lock_application(application.pk)
    rules.check_can_change(locked)
    person = [locked.person] if locked.person else []
    tell(
        kind=messages.GUARDIAN_DECLINED,
        application=locked,
        now=now,
        to=person,
        revision=f"{local_day(now)}",
    )


def keep_guardian(*, application: Application, stays: bool) -> None:
    """The student's own wish, for after the 18th birthday."""
    Application.objects.filter(pk=application.pk).update(guardian_stays=stays)


@transaction.atomic
def stop(*, application: Application, said_by: str, reason: str, by: User, now: datetime) -> None:
    """A second guardian has said no, by way of staff. Raises `Refused` (`of_age`,
    `already_stopped`, `too_late`)."""
    locked = lock_application(application.pk)
    rules.check_may_stop(locked, local_day(now))
    made = Stop.objects.create(application=locked, said_by=said_by, reason=reason, at=now, by=by)
    locked.stopped_at, locked.stop_reason = now, reason
    locked.save(update_fields=["stopped_at", "stop_reason"])
    tell(kind=messages.STOPPED, application=locked, now=now, revision=f"stop.{made.pk}")


@transaction.atomic
def settle(*, application: Application, settlement: str, by: User, now: datetime) -> None:
    """It goes on. Raises `Refused` (`not_stopped`)."""
    locked = lock_application(application.pk)
    rules.check_may_settle(locked)
    open_ones = Stop.objects.filter(application=locked, settled_at=None)
    open_ones.update(settlement=settlement, settled_at=now, settled_by=by)
    locked.stopped_at, locked.stop_reason = None, ""
    locked.save(update_fields=["stopped_at", "stop_reason"])
    tell(kind=messages.SETTLED, application=locked, now=now, revision=f"settled.{now:%Y%m%d%H%M%S}")


def plan_18th_birthdays(now: datetime) -> int:
    """Tell student and guardian GUARDIAN_ENDS_DAYS before, once, that the guardian's part ends.
    How many messages. Every tick may call it."""
    today = local_day(now)
    until, told = today + timedelta(days=settings.GUARDIAN_ENDS_DAYS), 0
    for row in queries.turning_of_age(today, until):
        birth_date = row.person.birth_date if row.person else None
        if birth_date is not None:
            turns_on = birthday(birth_date, OF_AGE)
            told += tell(
                kind=messages.TURNS_18,
                application=row,
                now=now,
                revision=f"{turns_on}",
                turns_on=turns_on,
            )
    return told
