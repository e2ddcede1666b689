"""Planning a term in the browser: the form, its days, saving what was shown."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from after_school.models import Term
from diedie_edu.venues.models import Venue
from tests.after_school.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "school")]
NEW = reverse("after_school:term_create")


@pytest.fixture
def words(make_venue) -> dict[str, object]:
    """A form filled in as it should be: two weeks."""
    return {
        "title": "冬季学期",
        "first_day": TODAY.isoformat(),
        "last_day": (TODAY + timedelta(days=13)).isoformat(),
        "starts": "16:30",
        "ends": "19:00",
        "homework_venue": make_venue(title_zh="图书室").pk,
        "homework_places": 20,
        "activities_venue": make_venue().pk,
        "activities_places": 20,
        "adults": 2,
        "children_per_adult": 10,
        "breaks": "",
    }


def confirmed(page, words: dict) -> dict:
    rows = page.context["rows"]
    kept = [row.planned.key for row in rows if row.planned.is_held]
    return words | {"kept": kept, "shown": [row.planned.key for row in rows], "save": "1"}


def test_the_days_are_shown_by_month_and_saved(as_user, staff_user, words) -> None:
    desk = as_user(staff_user)
    page = desk.post(NEW, words)
    assert (page.context["held"], page.context["left_out"]) == (10, 0)
    assert page.text.split("<main")[1].count("<details") == 2
    desk.post(NEW, confirmed(page, words))
    assert Term.objects.get().sessions.count() == 10


def test_a_day_taken_meanwhile_is_named_and_nothing_is_saved(
    as_user, staff_user, words, make_lecture
) -> None:
    desk = as_user(staff_user)
    page = desk.post(NEW, words)
    room = Venue.objects.get(title_zh="图书室")
    make_lecture(TODAY + timedelta(days=1), time(17), room, title="合唱")
    again = desk.post(NEW, confirmed(page, words))
    assert again.context["refusal"].code == "changed"
    assert "合唱" in again.text
    assert not Term.objects.exists()
