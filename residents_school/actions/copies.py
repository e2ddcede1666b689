"""A season of lectures comes again, as drafts."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.rules.series import check_as_shown
from residents_school.actions.lectures import LecturePlan, plan_lecture
from residents_school.actions.seasons import plan_of
from residents_school.models import Lecture
from residents_school.queries.copies import copied_days


@transaction.atomic
def copy_season(
    *, first: date, last: date, weeks: int, kept: frozenset[str], by: User, now: datetime
) -> int:
    """Plan the lectures that were ticked in the preview as drafts, all of them or none, and
    without speakers, who are asked anew; how many.

    Raises `Refused` (`changed`) where the preview made again differs from what was shown.
    """
    lock_calendar()
    bookings.lock_rooms()
    chosen = check_as_shown(copied_days(first, last, weeks, now), kept)
    for day in chosen:
        lecture = day.lecture  # type: ignore[attr-defined]
        plan_lecture(plan=_again(lecture, timedelta(weeks=weeks), now), by=by, now=now)
    return len(chosen)


def _again(lecture: Lecture, later: timedelta, now: datetime) -> LecturePlan:
    plan = plan_of(lecture)
    return replace(
        plan,
        starts_at=plan.starts_at + later,
        ends_at=plan.ends_at + later,
        sign_up_opens_at=max(now, plan.sign_up_opens_at + later),
        sign_up_closes_at=plan.sign_up_closes_at + later,
        speakers=[],
    )
