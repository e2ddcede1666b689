"""How long volunteers served: confirmed after the end, counted by year."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule
from diedie_edu.common.days import duration_text
from diedie_edu.people.models import Volunteer
from diedie_edu.programmes.models import Programme
from diedie_edu.volunteering.actions.hours import confirm_hours
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.hours import (
    confirmed_duties,
    duties_to_confirm,
    hours_by_kind,
    hours_of,
)
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import make_volunteer, on_duty
from tests.support.owners import give_account
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=7)
SCHOOL = ["residents-school"]


@pytest.fixture
def cook() -> Volunteer:
    return make_volunteer("王大厨")


@pytest.fixture
def duty(make_lecture: Callable[..., Lecture], cook: Volunteer) -> Duty:
    """Saturday 9:30–11:00."""
    return on_duty(make_lecture().occasion, cook)


def confirm(duty: Duty, minutes: int = 90, by: User | None = None, now: datetime = AFTER) -> None:
    confirm_hours(served={duty.pk: minutes}, by=by, now=now)
    duty.refresh_from_db()


def test_hours_are_kept_with_who_confirmed_them(duty: Duty, staff_user: User) -> None:
    confirm(duty, 75, staff_user)
    assert (duty.served_minutes, duty.confirmed_by, duty.confirmed_at) == (75, staff_user, AFTER)


def test_confirming_again_changes_nothing_and_another_number_corrects(
    duty: Duty, staff_user: User, stranger: User
) -> None:
    confirm(duty, 75, staff_user)
    confirm(duty, 75, stranger)
    assert duty.confirmed_by == staff_user
    confirm(duty, 80, stranger)
    assert (duty.served_minutes, duty.confirmed_by) == (80, stranger)


def test_a_page_of_what_waits_undoes_nothing_newer(duty: Duty, staff_user: User) -> None:
    served = {"by": staff_user, "now": AFTER, "corrects": False}
    assert [confirm_hours(served={duty.pk: number}, **served) for number in (75, 80)] == [1, 0]
    duty.refresh_from_db()
    assert duty.served_minutes == 75


def test_nobody_confirms_their_own_hours(
    duty: Duty, cook: Volunteer, staff_user: User, stranger: User
) -> None:
    give_account(staff_user, pk=cook.resident_id)
    assert code_of(partial(confirm, duty, by=staff_user)) == "own"
    assert code_of(partial(confirm, duty, by=stranger)) is None


@pytest.mark.parametrize(("minutes", "code"), [(0, "minutes"), (-5, "minutes"), (1441, "minutes")])
def test_a_number_no_day_has_is_refused(duty: Duty, minutes: int, code: str) -> None:
    assert code_of(partial(confirm, duty, minutes)) == code


def test_until_the_end_it_is_refused(duty: Duty) -> None:
    assert code_of(partial(confirm, duty, now=duty.ends_at - timedelta(seconds=1))) == "not_over"
    assert code_of(partial(confirm, duty, now=duty.ends_at)) is None


def test_what_was_called_off_and_a_free_slot_are_refused(
    duty: Duty, make_lecture: Callable[..., Lecture], staff_user: User
) -> None:
    schedule.call_off(activity=duty.occasion.activity, reason="台风", by=staff_user, now=NOW)
    assert code_of(partial(confirm, duty)) == "called_off"
    free = on_duty(make_lecture().occasion, None)
    assert code_of(partial(confirm, free)) == "nobody"


def test_one_refusal_keeps_all_as_they_were(
    duty: Duty, make_lecture: Callable[..., Lecture]
) -> None:
    free = on_duty(make_lecture().occasion, None)
    served = {duty.pk: 90, free.pk: 90}
    assert code_of(lambda: confirm_hours(served=served, by=None, now=AFTER)) == "nobody"
    assert not Duty.objects.exclude(confirmed_at=None).exists()


def test_the_database_knows_no_hours_before_the_end(duty: Duty) -> None:
    with refused_by("hours_are_confirmed_after_the_end"):
        Duty.objects.update(served_minutes=90, confirmed_at=NOW)


def test_what_waits_to_be_confirmed(
    duty: Duty, make_lecture: Callable[..., Lecture], cook: Volunteer, staff_user: User
) -> None:
    later = SATURDAY + timedelta(days=1)
    on_duty(make_lecture(day=later, state="draft").occasion, cook)
    on_duty(make_lecture(day=later).occasion, None)
    assert list(duties_to_confirm(SCHOOL, NOW)) == []
    assert list(duties_to_confirm(SCHOOL, AFTER)) == [duty]
    assert list(duties_to_confirm(["happy-square"], AFTER)) == []
    confirm(duty)
    assert list(duties_to_confirm(SCHOOL, AFTER)) == []


def test_hours_add_up_by_the_local_year(
    make_lecture: Callable[..., Lecture], cook: Volunteer
) -> None:
    for day in (date(2026, 12, 27), date(2027, 1, 2), date(2027, 1, 3)):
        confirm(on_duty(make_lecture(day=day).occasion, cook), 50, now=NOW + timedelta(days=60))
    hours = hours_of(cook.resident)
    assert [(row.year, row.minutes, row.times) for row in hours.years] == [
        (2027, 100, 2),
        (2026, 50, 1),
    ]
    assert (hours.minutes, hours.times) == (150, 3)
    assert confirmed_duties(cook.resident).count() == 3


def test_hours_by_kind_count_somebody_of_two_kinds_in_both(
    duty: Duty, cook: Volunteer, make_lecture: Callable[..., Lecture], programme: Programme
) -> None:
    Volunteer.objects.filter(pk=cook.pk).update(kinds=["expert", "community"])
    confirm(duty, 75)
    on_duty(make_lecture().occasion, make_volunteer("没确认的"))
    found = hours_by_kind([programme.slug], NOW, AFTER)
    assert [(row.people, row.times, row.minutes) for row in found] == [(1, 1, 75)] * 2
    assert hours_by_kind(["happy-square"], NOW, AFTER) == []
    assert hours_by_kind([programme.slug], NOW, duty.ends_at) == []


def test_nobody_else_has_them(duty: Duty) -> None:
    confirm(duty)
    assert hours_of(make_volunteer("别人").resident).years == []


@pytest.mark.parametrize(
    ("minutes", "text"), [(90, "1 小时 30 分钟"), (120, "2 小时"), (45, "45 分钟"), (0, "0 分钟")]
)
def test_a_length_of_time_in_words(minutes: int, text: str) -> None:
    assert duration_text(minutes) == text
