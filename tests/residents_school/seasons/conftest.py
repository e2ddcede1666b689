from collections.abc import Callable
from datetime import time, timedelta

import pytest

from diedie_edu.common.days import moment
from diedie_edu.venues.models import Venue
from diedie_edu.venues.rules.series import PlannedDay
from residents_school.actions import lectures
from residents_school.actions.seasons import SeriesPlan, plan_series
from residents_school.models import LectureSeries, OnClash
from residents_school.queries.seasons import season_days
from residents_school.rules.seasons import Season
from tests.conftest import NOW, SATURDAY

WEEK = timedelta(days=7)


@pytest.fixture
def room(make_venue: Callable[..., Venue]) -> Venue:
    return make_venue(title_zh="图书室")


@pytest.fixture
def make_season_plan(
    make_plan: Callable[..., lectures.LecturePlan], room: Venue
) -> Callable[..., SeriesPlan]:
    """Four Saturdays 9:30–11:00, unless told otherwise; `lecture` holds fields of each."""

    def make(
        lecture: dict | None = None, opens_before: timedelta | None = None, **fields: object
    ) -> SeriesPlan:
        asked = {
            "first_day": SATURDAY,
            "weekdays": frozenset({6}),
            "weeks": 4,
            "starts": time(9, 30),
            "ends": time(11, 0),
            "venue": room,
            "capacity": 20,
            "on_clash": OnClash.LEAVE_OUT,
        }
        season = Season(**asked | fields)
        starts_at = moment(season.first_day, season.starts)
        template = make_plan(starts_at, venue=season.venue, **(lecture or {}))
        return SeriesPlan(season=season, lecture=template, opens_before=opens_before)

    return make


def days_of(plan: SeriesPlan) -> list[PlannedDay]:
    return season_days(plan.season, NOW)


def keys_of(plan: SeriesPlan) -> frozenset[str]:
    """Every day that can be held, as the preview shows it."""
    return frozenset(day.key for day in days_of(plan) if day.place)


def save(
    plan: SeriesPlan, kept: frozenset[str] | None = None, announce: bool = False
) -> LectureSeries:
    """Save what the preview shows, as the door would."""
    kept = keys_of(plan) if kept is None else kept
    return plan_series(plan=plan, kept=kept, announce=announce, by=None, now=NOW)
