"""A year's campaign: its events, its milestones, and the next year's made after it.

Events are changed and announced as every event is (`activities.actions.events`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import events
from diedie_edu.common.days import local_day, years_later
from diedie_edu.common.errors import Refused, constraint_of
from edu_base.models import CampaignEvent, Intake, Milestone, SchemeYear
from edu_base.models.schemes import PROGRAMME
from edu_base.rules import campaign as rules

DAYS = ("opens_on", "closes_on", "age_counts_on")


@dataclass(frozen=True, kw_only=True)
class CampaignPlan(events.EventPlan):
    """All that staff decide about a ceremony or an event."""

    WORDS: ClassVar[tuple[str, ...]] = (*events.EventPlan.WORDS, "kind")

    kind: str


def plan_event(*, plan: CampaignPlan, by: User, now: datetime) -> CampaignEvent:
    """Raises `Refused` as `events.plan_event` does."""
    return events.plan_event(model=CampaignEvent, programme=PROGRAMME, plan=plan, by=by, now=now)


def keep_milestone(*, milestone: Milestone) -> None:
    """Enter or change one. Raises `Refused` (`twin`)."""
    try:
        with transaction.atomic():
            milestone.save()
    except IntegrityError as error:
        if constraint_of(error) != "milestone_once_a_year":
            raise
        raise Refused("twin", rules.TWIN, "title_zh") from error


@transaction.atomic
def tick(*, milestone: Milestone, done: bool, by: User, now: datetime) -> None:
    """Done, or not after all. The first tick counts."""
    rows = Milestone.objects.filter(pk=milestone.pk)
    if done:
        rows.filter(done_at=None).update(done_at=now, done_by=by)
    else:
        rows.update(done_at=None, done_by=None)


@transaction.atomic
def copy_year(*, year: int, by: User, now: datetime) -> None:
    """Make the next year after this one: schemes with targets and places, classes with their
    conditions, and milestones, each day a year later; nothing of it taken or done.

    Raises `Refused` (`no_year`, `already`, `past`: its criteria are fixed once it has begun).
    """
    rows = list(SchemeYear.objects.select_for_update().filter(year=year).order_by("pk"))
    there = SchemeYear.objects.filter(year=year + 1).exists()
    rules.check_can_be_copied(year, local_day(now), has_year=bool(rows), has_next=there)
    for row in rows:
        _copy_scheme(row, year + 1)
    for milestone in Milestone.objects.filter(year=year).order_by("pk"):
        days = _later(milestone, "starts_on", "due_on")
        _copied(milestone, year=year + 1, done_at=None, done_by=None, **days)


def _copy_scheme(row: SchemeYear, year: int) -> None:
    days = _later(row, "allotments_end_on")
    made = _copied(row, year=year, taken=0, allotted=0, **days)
    for intake in row.intakes.order_by("pk"):
        _copy_intake(intake, made)


def _copy_intake(intake: Intake, year: SchemeYear) -> None:
    days = _later(intake, *DAYS)
    made = _copied(intake, scheme_year=year, year=year.year, taken=0, **days)
    made.majors.set(intake.majors.all())
    for criterion in intake.criteria.order_by("pk"):
        _copied(criterion, intake=made)


def _copied(row: Any, **changes: Any) -> Any:
    """A new row with the values of `row` but for `changes`."""
    fields: list[models.Field] = row._meta.concrete_fields
    values = {one.name: getattr(row, one.name) for one in fields if not one.primary_key}
    return type(row).objects.create(**values | changes)


def _later(row: models.Model, *names: str) -> dict[str, date | None]:
    """Its days, each a year later."""
    days = {name: getattr(row, name) for name in names}
    return {name: day and years_later(day) for name, day in days.items()}
