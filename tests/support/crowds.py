"""Many applications that stand ranked, written in a few statements."""

from itertools import count

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from edu_base.models import Application, Dwelling, Intake, State, Step
from tests.conftest import NOW
from tests.support.education import ADULT, WAY, make_dwelling

_numbers = count(1)


@transaction.atomic
def make_ranked(
    by: User, intake: Intake, number: int, dwelling: Dwelling | None = None
) -> list[Application]:
    """Each of a household of its own, unless all are of `dwelling`."""
    people = [
        Resident(full_name=f"甲候选{next(_numbers)}", birth_date=ADULT) for _row in range(number)
    ]
    rows = [
        _application(by, intake, person, dwelling or make_dwelling(by), rank)
        for rank, person in enumerate(Resident.objects.bulk_create(people), 1)
    ]
    made = Application.objects.bulk_create(rows)
    found = Application.objects.filter(pk__in=[row.pk for row in made])
    Step.objects.bulk_create([_last_step(by, row) for row in made])
    for state in WAY:
        found.update(state=state, last_step=1)
    return list(found.order_by("pk"))


def _application(
    by: User, intake: Intake, person: Resident, dwelling: Dwelling, rank: int
) -> Application:
    return Application(
        intake=intake,
        scheme=intake.scheme,
        year=intake.year,
        person=person,
        origin=Application.Origin.ONLINE,
        made_by=by,
        made_at=NOW,
        state_since=NOW,
        dwelling=dwelling,
        dwelling_seen_by=by,
        dwelling_seen_at=NOW,
        rank=1000 + rank,
    )


def _last_step(by: User, row: Application) -> Step:
    return Step(
        application=row,
        number=1,
        state=State.RANKED,
        at=NOW,
        by=by,
        acting=Step.Acting.STAFF,
    )
