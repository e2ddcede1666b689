"""What everybody sees of growth: settled months, rounded, and nothing to be worked out."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from happy_square.actions.growth import set_start
from happy_square.queries.public_growth import Line, PublicMonth, lines, months_to_show
from tests.conftest import NOW
from tests.happy_square.counting import count, held
from tests.support.groups import make_group, make_kind
from tests.support.seats import make_residents

pytestmark = pytest.mark.django_db
OCTOBER, TUESDAY = date(2026, 10, 1), date(2026, 10, 6)
BORN = [date(1950, 1, 1), date(1960, 1, 1), date(1980, 1, 1), date(2000, 1, 1)]
DAY = timedelta(days=1)


def people(number: int, born: date) -> list[Resident]:
    rows = make_residents(number)
    Resident.objects.filter(pk__in=[row.pk for row in rows]).update(birth_date=born)
    return rows


def came(*numbers: int) -> None:
    """So many people of each age, all at one meet-up."""
    crowd = [
        row for number, born in zip(numbers, BORN, strict=False) for row in people(number, born)
    ]
    count(held(make_group(), TUESDAY), crowd)


def test_a_month_is_shown_when_it_is_settled_and_a_year_back_at_most() -> None:
    assert months_to_show(NOW.date()) == []
    count(held(make_group(), TUESDAY), make_residents(1))
    assert months_to_show(date(2026, 11, 3)) == []
    assert months_to_show(date(2026, 11, 4)) == [OCTOBER]
    later = months_to_show(date(2028, 1, 31))
    assert (later[0], later[-1], len(later)) == (date(2027, 1, 1), date(2027, 12, 1), 12)


def test_numbers_are_rounded_and_small_ones_left_out(staff_user: User) -> None:
    set_start(day=OCTOBER, by=staff_user, now=NOW)
    group = make_group()
    crowd = make_residents(8)
    count(held(group, TUESDAY), crowd, guests=4)
    count(held(group, TUESDAY + DAY), crowd[:3])
    assert lines([OCTOBER]) == [Line(OCTOBER, new_faces=10, people=10, visits=15)]
    count(held(make_group(), date(2026, 9, 1)), crowd[:4])
    assert lines([date(2026, 9, 1)]) == [Line(date(2026, 9, 1), None, None, None)]


def test_a_small_part_takes_another_with_it() -> None:
    came(12, 9, 6, 2)
    found = PublicMonth(OCTOBER)
    assert found.by_age == {"70_up": 10, "60_69": 10, "35_49": None, "18_34": None}
    assert found.over_60 is None, "two of the four numbers are not shown"


def test_shares_are_worked_out_from_what_is_shown() -> None:
    came(12, 9, 6)
    assert PublicMonth(OCTOBER).over_60 == 80


def test_every_way_to_share_out_keeps_small_parts_back() -> None:
    dance, choir = make_group(kind=make_kind("舞蹈")), make_group(kind=make_kind("合唱"))
    count(held(dance, TUESDAY), make_residents(20), guests=3)
    count(held(choir, TUESDAY + DAY), make_residents(2), guests=0)
    found = PublicMonth(OCTOBER)
    assert found.by_kind == {dance.kind_id: None, choir.kind_id: None}
    assert found.by_weekday == {2: None, 3: None}
    assert found.guests_share is None


@pytest.mark.parametrize("day", ["", "2026-10/"])
def test_the_page_shows_no_number_under_five(client: Client, clock: datetime, day: str) -> None:
    came(12, 9, 6, 2)
    answer = client.get(f"{reverse('happy_square:public_growth')}{day}")
    shown = answer.context["by_age"] + answer.context["by_kind"] + answer.context["by_weekday"]
    assert shown
    assert all(number >= 5 and number % 5 == 0 for _label, number in shown)


def test_a_month_that_is_not_over_has_no_page(client: Client, clock: datetime) -> None:
    came(12)
    page = reverse("happy_square:public_growth")
    assert client.get(f"{page}2026-11/").status_code == 404
    assert client.get(f"{page}2026-09/").status_code == 404


@pytest.mark.parametrize("groups", [1, 3])
def test_the_page_takes_the_same_number_of_queries(
    client: Client, clock: datetime, groups: int, django_assert_max_num_queries: Callable
) -> None:
    for _group, weekday in product(range(groups), range(3)):
        count(held(make_group(), TUESDAY + weekday * DAY), make_residents(6), guests=6)
    with django_assert_max_num_queries(16):
        assert client.get(reverse("happy_square:public_growth")).status_code == 200
