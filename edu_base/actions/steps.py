"""How an application goes on: by a step of its history, and in no other way.

Lock order: the year of the scheme → its classes → applications by their numbers → the rest.
Whatever may take, free or pass on a place locks the year first (`places.lock_year`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import constraint_of
from edu_base.models import Application, State, Step
from edu_base.rules import states as rules


def lock_application(pk: int) -> Application:
    """Its row until the transaction ends: steps of one application come one after the other."""
    rows = Application.objects.select_related("intake", "person")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def move(
    *,
    application: Application,
    to: State,
    by: User | None,
    now: datetime,
    acting: Step.Acting = Step.Acting.STAFF,
    reason: str = "",
    **fields: Any,
) -> None:
    """Take a locked application on to a state; `fields` are what else changes in its row.

    Raises `Refused`: `moved_on` where that does not follow, `no_reason` for a no without one,
    `stopped` where a guardian's no is to be settled, and, where a place is taken, `full_year`,
    `full_class`, `household`, `no_household`; or `already` where the person has another live
    application this year.
    """
    rules.check_follows(application, to)
    rules.check_has_reason(to, reason)
    application.last_step += 1
    changed = {"state": to, "state_since": now, "offer_ends_at": None} | fields
    for name, value in changed.items():
        setattr(application, name, value)
    try:
        with transaction.atomic():
            Step.objects.create(
                application=application,
                number=application.last_step,
                state=to,
                at=now,
                by=by,
                acting=acting,
                reason=reason,
            )
            application.save(update_fields=["last_step", *changed])
    except IntegrityError as error:
        refusal = rules.refusal_by(constraint_of(error))
        if refusal is None:
            raise
        raise refusal from error


def move_all(
    *,
    applications: Sequence[Application],
    to: State,
    by: User,
    now: datetime,
    fields: Sequence[str],
) -> None:
    """The same for many locked applications in few statements, where no place is taken; of each
    also `fields` are written as they stand in it. Raises `Refused` as `move` does."""
    for application in applications:
        rules.check_follows(application, to)
        application.last_step += 1
        application.state, application.state_since = to, now
    acting = Step.Acting.STAFF
    Step.objects.bulk_create(
        Step(application=row, number=row.last_step, state=to, at=now, by=by, acting=acting)
        for row in applications
    )
    Application.objects.bulk_update(
        applications, ["state", "state_since", "last_step", *fields], batch_size=500
    )
