"""Planning a festival; it is changed and announced as every event is (`activities`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import events
from happy_square.models import Festival
from happy_square.models.groups import PROGRAMME


@dataclass(frozen=True, kw_only=True)
class FestivalPlan(events.EventPlan):
    """All that staff decide about a festival, without what is shown at it."""

    WORDS: ClassVar[tuple[str, ...]] = (*events.EventPlan.WORDS, "changing_minutes")

    changing_minutes: int = 10


def plan_festival(*, plan: FestivalPlan, by: User, now: datetime) -> Festival:
    """Raises `Refused` as `plan_event` does."""
    return events.plan_event(model=Festival, programme=PROGRAMME, plan=plan, by=by, now=now)
