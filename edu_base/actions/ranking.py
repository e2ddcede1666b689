"""Ranking a class, from the marks of its reviewers.

Lock order: as in `steps`.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from diedie_edu.accounts.models import User
from edu_base import review_messages as messages
from edu_base.actions.places import lock_class
from edu_base.actions.steps import move_all
from edu_base.actions.telling import tell
from edu_base.models import Application, Intake, State
from edu_base.queries import ranking as queries
from edu_base.rules import ranking as rules


@transaction.atomic
def rank(*, intake: Intake, by: User, now: datetime) -> int:
    """Rank all whose marks are in; how many. Once places are proposed, ranks that were given stay,
    and whoever comes later stands behind them.

    Whoever is ranked for the first time hears. The same marks give the same ranks whenever it is
    done. Raises `Refused` (`nobody`).
    """
    lock_class(intake)
    ready, after = _to_be_ranked(intake)
    found = Application.objects.filter(pk__in=ready).select_for_update(of=("self",))
    held = {row.pk: row for row in found.select_related("person", "intake").order_by("pk")}
    candidates = queries.candidates(Application.objects.filter(pk__in=held))
    rules.check_somebody(candidates)
    for row in rules.ranked(candidates, after):
        application = held[row.candidate.number]
        application.score, application.rank = row.candidate.score, row.rank
        application.rank_by = row.by
    _write(list(held.values()), by, now)
    return len(held)


def _to_be_ranked(intake: Intake) -> tuple[list[int], int]:
    """The ids of those, and the last rank that stays."""
    ready = queries.ready(intake).order_by("pk")
    given = Application.objects.filter(intake=intake, rank__isnull=False)
    if queries.is_begun(intake):
        last = given.aggregate(last=Max("rank"))["last"]
        return list(ready.exclude(state=State.RANKED).values_list("pk", flat=True)), last
    given.exclude(state=State.RANKED).update(rank=None, rank_by="", score=None)
    return list(ready.values_list("pk", flat=True)), 0


def _write(applications: list[Application], by: User, now: datetime) -> None:
    first_time = [row for row in applications if row.state != State.RANKED]
    fields = ["score", "rank", "rank_by"]
    move_all(applications=first_time, to=State.RANKED, by=by, now=now, fields=fields)
    again = [row for row in applications if row not in first_time]
    Application.objects.bulk_update(again, fields, batch_size=500)
    for row in first_time:
        tell(kind=messages.RANKED, application=row, now=now)
