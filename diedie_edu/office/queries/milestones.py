"""How the milestones of a plan stand: what fulfilled them, what is late, what is ahead."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from diedie_edu.activities.models import Occasion
from diedie_edu.activities.queries.occasions import announced
from diedie_edu.common.days import local_day, moment
from diedie_edu.office.models import Document, Milestone, Tick
from diedie_edu.office.rules.plans import DONE, state_of


@dataclass(frozen=True)
class Standing:
    """A milestone and how it stands; where it is done, the day, and the event or who said so."""

    milestone: Milestone
    state: str
    done_on: date | None = None
    event: Occasion | None = None
    by: str = ""

    @property
    def is_ticked(self) -> bool:
        return self.state == DONE and self.event is None


def standings(
    document: Document, milestones: Collection[Milestone], now: datetime
) -> list[Standing]:
    """Those of one version of a plan, in two queries, in the order of their days."""
    rows = sorted(milestones, key=lambda row: (row.first_day, row.last_day, row.position))
    events = _events(document.programme, rows, now)
    ticks = {tick.key: tick for tick in document.ticks.select_related("by")}
    return [_standing(row, events, ticks.get(row.key), local_day(now)) for row in rows]


def _standing(row: Milestone, events: list[Occasion], tick: Tick | None, today: date) -> Standing:
    event = next((one for one in events if _fulfils(one, row)), None)
    is_done = event is not None or tick is not None
    state = state_of(row.first_day, row.last_day, today, done=is_done)
    if event is not None:
        return Standing(row, state, local_day(event.starts_at), event)
    return Standing(row, state, tick.done_on, by=str(tick.by)) if tick else Standing(row, state)


def _events(programme: str, rows: Collection[Milestone], now: datetime) -> list[Occasion]:
    """What took place in the programme with the words of one of them, the first first."""
    wanted = [row for row in rows if row.looks_for]
    if not wanted:
        return []
    words = Q()
    for looks_for in {row.looks_for for row in wanted}:
        words |= Q(activity__title__mentions=looks_for)
    start = moment(min(row.first_day for row in wanted))
    end = moment(max(row.last_day for row in wanted) + timedelta(days=1))
    took_place = announced("activity__") & Q(is_called_off=False, ends_at__lte=now)
    within = Q(activity__programme__slug=programme, starts_at__gte=start, starts_at__lt=end)
    found = Occasion.objects.filter(words, within, took_place)
    return list(found.select_related("activity").order_by("starts_at", "id"))


def _fulfils(event: Occasion, row: Milestone) -> bool:
    says_so = bool(row.looks_for) and row.looks_for.casefold() in event.activity.title.casefold()
    return says_so and row.first_day <= local_day(event.starts_at) <= row.last_day
