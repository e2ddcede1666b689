"""The demo season fits whatever day and hour it is loaded at: `make run` starts at any."""

from datetime import datetime

import pytest
import time_machine
from django.db import connection

from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import ZONE
from diedie_edu.notices.models import Notice
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.demo.loading import load_demo
from tests.conftest import NOW

MOMENTS = [
    datetime(2026, 11, 29, 10, 0),  # between the lectures of a weekend
    datetime(2026, 11, 29, 16, 15),  # a lecture goes on: Sunday afternoon
    datetime(2026, 12, 1, 17, 0),  # the 4:30 school goes on
    datetime(2027, 2, 17, 9, 0),  # Spring Festival
]


@pytest.fixture
def today_of_the_database():
    """The database's day follows the frozen clock."""

    def follow(now: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION people_today() RETURNS date LANGUAGE sql STABLE"
                f" AS $$ SELECT DATE '{now:%Y-%m-%d}' $$"
            )

    return follow


@pytest.mark.django_db
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:%a %d %b %H:%M}")
def test_a_season_is_loaded_around_any_moment(moment, today_of_the_database, settings):
    settings.DEMO = True
    now = moment.replace(tzinfo=ZONE)
    today_of_the_database(now)
    with time_machine.travel(now, tick=False):
        load_plan()
        assert load_demo(now)
    seats = SignUp.objects.filter(resident__account__phone="13800000001")
    assert {row.status for row in seats} >= {"seated"}


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_nobody_gets_a_message_of_summer_today(settings) -> None:
    settings.DEMO = True
    load_plan()
    load_demo(NOW)
    waiting = Notice.objects.filter(status="queued")
    assert waiting.exists()
    assert not waiting.filter(created_at__month__lt=11).exists()
