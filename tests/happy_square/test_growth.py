"""New faces, people and visits: who counts, and as what."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.conf import settings

from diedie_edu.activities.models import Attendance
from diedie_edu.people.models import Resident
from happy_square.actions.growth import set_start
from happy_square.models import Group, GrowthStart
from happy_square.queries.growth import Growth, Row
from happy_square.rules import growth as rules
from happy_square.rules.growth import Turnout
from tests.conftest import NOW
from tests.happy_square.counting import count, held
from tests.support.groups import make_group, make_kind, member
from tests.support.merging import merged
from tests.support.seats import make_residents

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(days=7)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
TUESDAY = date(2026, 11, 10)
SPAN = (OCTOBER, date(2026, 11, 30))


def growth(first: date = SPAN[0], last: date = SPAN[1]) -> Growth:
    return Growth(first, last)


@pytest.fixture
def started(staff_user: object) -> None:
    set_start(day=OCTOBER, by=staff_user, now=NOW)


# --- New faces -------------------------------------------------------------------------


@pytest.mark.usefixtures("started")
def test_300_old_members_counted_once_are_no_new_faces() -> None:
    group = make_group(capacity=400)
    people = make_residents(300)
    for person in people:
        member(group, person, since=date(2021, 5, 1))
    count(held(group, TUESDAY), people)
    assert growth().new_faces == {}
    assert growth().whole == Row(people=300, named=300)


@pytest.mark.usefixtures("started")
def test_a_newcomer_is_one_new_face_in_the_month_of_the_first_time() -> None:
    group, (person,) = make_group(), make_residents(1)
    for day in (date(2026, 10, 30), TUESDAY, TUESDAY + WEEK):
        count(held(group, day), [person])
    assert growth().new_faces == {OCTOBER: 1}
    assert growth(NOVEMBER).new_faces == {}, "who came in October is not new in November"
    assert growth().whole == Row(people=1, named=3)


@pytest.mark.usefixtures("started")
def test_one_person_in_two_groups_on_one_day_is_one_person_and_two_visits() -> None:
    (person,) = make_residents(1)
    for _group in range(2):
        count(held(make_group(), TUESDAY), [person])
    assert growth().whole == Row(people=1, named=2)
    assert growth().new_faces == {NOVEMBER: 1}


@pytest.mark.usefixtures("started")
def test_two_records_that_are_merged_are_one_new_face() -> None:
    group, (one, same) = make_group(), make_residents(2)
    count(held(group, TUESDAY), [one])
    count(held(group, TUESDAY + WEEK), [same])
    assert growth().new_faces == {NOVEMBER: 2}
    merged(gone=same, kept=one)
    assert growth().new_faces == {NOVEMBER: 1}


def test_whoever_came_before_the_day_is_no_new_face(staff_user: object) -> None:
    group, (before, after) = make_group(), make_residents(2)
    count(held(group, TUESDAY), [before])
    count(held(group, TUESDAY + WEEK), [before, after])
    assert growth().new_faces == {NOVEMBER: 2}, "nobody has said from when on"
    set_start(day=TUESDAY + DAY, by=staff_user, now=NOW)
    assert growth().new_faces == {NOVEMBER: 1}


@pytest.mark.usefixtures("started")
def test_whoever_joined_after_the_day_and_then_came_is_a_new_face() -> None:
    group, (person,) = make_group(), make_residents(1)
    member(group, person, since=OCTOBER)
    count(held(group, TUESDAY), [person])
    assert growth().new_faces == {NOVEMBER: 1}


def test_the_day_that_was_set_last_counts(staff_user: object) -> None:
    for number, day in enumerate([OCTOBER, NOVEMBER]):
        set_start(day=day, by=staff_user, now=NOW + number * DAY)
    assert [row.day for row in GrowthStart.objects.all()] == [NOVEMBER, OCTOBER]


# --- People, visits, guests ------------------------------------------------------------


def test_guests_are_visits_and_never_people() -> None:
    group, people = make_group(), make_residents(3)
    count(held(group, TUESDAY), people, guests=9)
    found = growth()
    assert (found.whole.people, found.whole.visits, found.guests_share) == (3, 12, 75)


def test_a_month_and_a_weekday_are_those_of_the_wall_clock() -> None:
    """At half past six on a Sunday here it is Saturday in Greenwich, and October."""
    group, (person,) = make_group(), make_residents(1)
    count(held(group, NOVEMBER, starts=time(6, 30)), [person])
    count(held(group, TUESDAY), [person], guests=2)
    assert growth().by_month == {NOVEMBER: Row(1, 2, 2)}
    assert growth().by_weekday == {2: Row(1, 1, 2), 7: Row(1, 1, 0)}


def test_every_kind_counts_its_own(make_resident: Callable[..., Resident]) -> None:
    dance, choir = make_group(kind=make_kind("舞蹈")), make_group(kind=make_kind("合唱"))
    both, one = make_residents(2)
    count(held(dance, TUESDAY), [both, one])
    count(held(choir, TUESDAY), [both], guests=4)
    assert growth().by_kind == {dance.kind_id: Row(2, 2, 0), choir.kind_id: Row(1, 1, 4)}


def test_ages_are_counted_in_bands(make_resident: Callable[..., Resident]) -> None:
    born = [date(1950, 1, 1), date(1960, 1, 1), date(1990, 1, 1), date(2000, 1, 1), None]
    people = [make_resident(birth_date=day) for day in born]
    count(held(make_group(), TUESDAY), people)
    found = growth()
    ages = {"70_up": 1, "60_69": 1, "35_49": 1, "18_34": 1, "": 1}
    assert {band: row.people for band, row in found.by_age.items()} == ages
    assert found.over_60 == 50


def test_other_programmes_and_other_days_are_left_out(
    make_lecture: Callable[..., object], make_resident: Callable[..., Resident]
) -> None:
    lecture = make_lecture()
    Attendance.objects.create(
        occasion=lecture.occasions.get(), resident=make_resident(), arrived_at=NOW
    )
    count(held(make_group(), OCTOBER - DAY), make_residents(1))
    found = growth()
    assert (found.whole, found.new_faces, found.over_60) == (Row(), {}, None)


# --- Groups that shrink ----------------------------------------------------------------


def weekly_counts(group: Group, people: list[int]) -> None:
    """Tuesdays up to the end of November, a number of guests each."""
    last = date(2026, 11, 24)
    for number, guests in enumerate(reversed(people)):
        count(held(group, last - number * WEEK), guests=guests)


def test_a_group_to_which_a_fifth_fewer_come_shrinks() -> None:
    smaller, same = make_group(), make_group()
    weekly_counts(smaller, [20] * 8 + [16] * 8)
    weekly_counts(same, [20] * 8 + [17] * 8)
    (row,) = growth().shrinking
    assert (row.group, row.before, row.now) == (smaller, Turnout(8, 160), Turnout(8, 128))


@pytest.mark.parametrize(
    ("before", "now", "answer"),
    [
        (Turnout(8, 160), Turnout(3, 30), True),
        (Turnout(8, 160), Turnout(2, 20), False),
        (Turnout(2, 40), Turnout(8, 80), False),
        (Turnout(8, 160), Turnout(8, 160), False),
        (Turnout(3, 0), Turnout(3, 3), False),
    ],
)
def test_few_counts_say_nothing(before: Turnout, now: Turnout, answer: bool) -> None:
    assert rules.shrinks(before, now) is answer


def test_the_public_sees_a_month_when_no_more_sheets_come_in() -> None:
    last = date(2026, 10, 31)
    open_days = settings.SHEET_ENTRY_DAYS
    assert not rules.is_settled(last, last + open_days * DAY)
    assert rules.is_settled(last, last + (open_days + 1) * DAY)


# --- Large -----------------------------------------------------------------------------

SECTIONS = ["whole", "by_month", "by_weekday", "by_kind", "by_age", "new_faces", "shrinking"]


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("groups", [1, 3])
def test_the_number_of_statements_does_not_grow(
    groups: int, django_assert_num_queries: Callable
) -> None:
    for _group in range(groups):
        group = make_group()
        weekly_counts(group, [9] * 8 + [5] * 8)
        count(held(group, TUESDAY + DAY), make_residents(groups))
    found = growth()
    with django_assert_num_queries(14):
        assert all(getattr(found, section) for section in SECTIONS)
