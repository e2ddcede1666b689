"""Each figure on a few rows made by hand."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.common.days import moment
from diedie_edu.common.references import erase
from diedie_edu.door.models import Feedback
from diedie_edu.figures.kinds import ALL, NOTHING, Value
from diedie_edu.figures.queries.figures import Figures, Reading, figures_of
from diedie_edu.figures.spans import SpanKind, span_on
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.figures.conftest import Held
from tests.support import spending
from tests.support.duties import make_volunteer, on_duty
from tests.support.merging import merged
from tests.support.news import make_post, make_record
from tests.support.occasions import rebook

pytestmark = pytest.mark.django_db
YEAR = span_on(SpanKind.YEAR, NOW.date())
DAY = date(2026, 3, 7)
SCHOOL, SQUARE, BASE = "residents-school", "happy-square", "edu-base"
Make = Callable[..., Resident]


def reading(slug: str, programme: str = SCHOOL, span: Any = YEAR) -> Reading:
    found = figures_of(programme, span, NOW)
    return next(row for row in found if row.indicator.slug == slug)


def value(slug: str, programme: str = SCHOOL, span: Any = YEAR) -> Value:
    return reading(slug, programme, span).value


def say(came: Attendance, again: str) -> None:
    Feedback.objects.create(attendance=came, use="much", level="right", again=again, said_at=NOW)


# --- Sessions and people ---------------------------------------------------------------


def test_a_session_counts_once_it_was_held(hold: Held) -> None:
    hold(SCHOOL, DAY)
    hold(SCHOOL, DAY, state="draft")
    hold(SCHOOL, NOW + timedelta(days=1))
    off = hold(SCHOOL, DAY)
    rebook(Occasion.objects.filter(pk=off.pk), is_off=True)
    assert value("sessions") == Value(1)
    assert value("sessions", ALL) == Value(1)


@pytest.mark.parametrize(
    ("starts", "span", "counts"),
    [
        (datetime(2025, 12, 31, 23, 59), "year", False),
        (datetime(2026, 1, 1, 0, 0), "year", True),
        (datetime(2026, 10, 31, 23, 30), "month", False),
        (datetime(2026, 11, 1, 0, 0), "month", True),
        (datetime(2026, 8, 31, 23, 59), "school", False),
        (datetime(2026, 9, 1, 0, 0), "term", True),
    ],
)
def test_midnight_here_parts_the_spans(
    starts: datetime, span: str, counts: bool, hold: Held, make_resident: Make
) -> None:
    hold(SCHOOL, moment(starts.date(), starts.time()), make_resident())
    found = span_on(span, NOW.date())
    expected = Value(1) if counts else NOTHING
    assert [value(slug, span=found) for slug in ("sessions", "visits", "people")] == [expected] * 3


def test_one_person_in_three_programmes_counts_once_and_comes_three_times(
    hold: Held, make_resident: Make
) -> None:
    person = make_resident()
    for programme in (SCHOOL, SQUARE, BASE):
        hold(programme, DAY, person)
        assert value("people", programme) == value("visits", programme) == Value(1)
    hold(SCHOOL, DAY + timedelta(days=7), person)
    assert value("people", ALL) == Value(1)
    assert value("visits", ALL) == Value(4)


def test_a_merged_person_counts_once(hold: Held, make_resident: Make) -> None:
    twin, person = make_resident(), make_resident()
    hold(SCHOOL, DAY, twin)
    hold(SQUARE, DAY, person)
    assert value("people", ALL) == Value(2)
    merged(twin, person)
    assert value("people", ALL) == Value(1)
    assert value("visits", ALL) == Value(2)


def test_an_erased_person_leaves_visits_without_a_name(hold: Held, make_resident: Make) -> None:
    gone, stays = make_resident(birth_date=date(1950, 1, 1)), make_resident()
    hold(SCHOOL, DAY, gone, stays)
    erase(gone, NOW)
    assert value("visits") == Value(2)
    assert value("people") == value("newfaces") == Value(1)
    assert value("over60") == NOTHING


def test_over_60_is_of_those_whose_age_is_known(hold: Held, make_resident: Make) -> None:
    old = make_resident(birth_date=date(1966, 11, 23))
    young = make_resident(birth_date=date(1966, 11, 24))
    hold(SCHOOL, DAY, old, young, make_resident())
    assert value("over60") == Value(1, 2)
    assert reading("over60").number == "50%"
    assert reading("over60").note == "共 2，其中 1"


def test_a_new_face_had_never_come_to_anything_before(hold: Held, make_resident: Make) -> None:
    known, new = make_resident(), make_resident()
    hold(BASE, DAY.replace(year=2025), known)
    hold(SCHOOL, DAY, known, new)
    assert value("newfaces") == value("newfaces", ALL) == Value(1)


# --- Seats, answers, hours -------------------------------------------------------------


def test_seats_are_of_what_one_signs_up_for(hold: Held) -> None:
    hold(SCHOOL, DAY, capacity=20, taken=15)
    hold(
        SCHOOL,
        DAY,
        capacity=300,
        taken=0,
        sign_up_opens_at=moment(DAY, time(9)),
        sign_up_closes_at=moment(DAY, time(10)),
    )
    hold(SQUARE, DAY, capacity=500, taken=40, is_ongoing=True)
    hold(BASE, DAY, capacity=10, taken=10)
    assert value("seats") == Value(15, 20)
    assert value("seats", SQUARE) == NOTHING
    assert value("seats", ALL) == Value(25, 30)


def test_few_answers_are_told_only_together(hold: Held, make_resident: Make) -> None:
    first = hold(SCHOOL, DAY, *(make_resident() for _n in range(4)))
    for came in first.attendances.all():
        say(came, "yes")
    assert value("satisfaction") == NOTHING
    second = hold(SCHOOL, DAY, make_resident())
    say(second.attendances.get(), "no")
    assert value("satisfaction") == value("satisfaction", ALL) == Value(4, 5)


def test_hours_are_counted_by_kind_and_add_up(hold: Held) -> None:
    held = hold(SCHOOL, DAY)
    kinds = (["student_party"], ["retired_party", "student_party"], ["retired_party"], ["expert"])
    for number, kind in enumerate(kinds):
        volunteer = make_volunteer(f"志愿者{number}")
        volunteer.kinds = kind
        volunteer.save()
        duty = on_duty(held, volunteer, "helper")
        duty.signed_in_at, duty.served_minutes, duty.confirmed_at = duty.starts_at, 90, NOW
        duty.save()
    on_duty(held, make_volunteer("没来"), "helper")
    assert value("volunteers") == value("volunteers", ALL) == Value(4)
    hours = [value(f"hours{kind}").number for kind in ("", "students", "retired", "others")]
    assert hours == [Decimal("6.0"), Decimal("3.0"), Decimal("1.5"), Decimal("1.5")]


# --- Against the year before -----------------------------------------------------------


def test_a_first_year_has_nothing_to_be_compared_with(hold: Held, make_resident: Make) -> None:
    hold(SCHOOL, DAY, make_resident())
    assert reading("visits").change == "暂无可比数据"
    assert reading("newfaces").change == "暂无可比数据"


def test_without_anything_it_says_so_and_never_nought(db: None) -> None:
    for row in figures_of(SCHOOL, YEAR, NOW):
        assert (row.value, row.number, row.change) == (NOTHING, "–", ""), row.indicator.slug
        assert row.note == "暂无数据"


def test_a_year_that_goes_on_is_compared_with_the_same_days(
    hold: Held, make_resident: Make
) -> None:
    people = [make_resident() for _n in range(3)]
    hold(SCHOOL, date(2025, 11, 22), people[0])
    hold(SCHOOL, date(2025, 12, 6), *people)
    hold(SCHOOL, DAY, *people)
    found = reading("visits")
    assert found.before == Value(1)
    assert found.change == "比去年同期（1）多 2"
    assert reading("sessions").change == "与去年同期持平"


def test_what_went_out_counts_once_it_is_in_public(db: None) -> None:
    make_post()
    make_post(publish_at=NOW + timedelta(days=1))
    make_record(programme=SQUARE)
    make_record(programme="")
    make_record(programme=SQUARE, went_out_on=date(2025, 3, 1))
    numbers = [value("publicity", programme).number for programme in (SCHOOL, SQUARE, BASE, ALL)]
    assert numbers == [1, 1, None, 3]
    assert reading("publicity", SQUARE).change == "与去年同期持平"


def test_budgets_are_used_in_yuan_and_as_a_share(db: None) -> None:
    item = spending.approved(by := spending.person(), spending.branch_lead())
    found = reading("budget-use")
    assert (found.number, found.note, found.change) == ("0%", "共 600.00 元，其中 0 元", "")
    spending.enter(item, by, amount=Decimal(150))
    for programme in (SCHOOL, ALL):
        found = reading("budget-use", programme)
        assert (found.number, found.value) == ("25%", Value(Decimal(150), Decimal(600)))
        assert found.note == "共 600.00 元，其中 150.00 元"


def test_shares_are_compared_in_points(hold: Held) -> None:
    hold(SCHOOL, DAY.replace(year=2025), taken=10)
    hold(SCHOOL, DAY, taken=5)
    assert reading("seats").change == "比去年同期（50%）低 25 个百分点"


def test_what_is_read_does_not_grow_with_the_rows(hold: Held, make_resident: Make) -> None:
    """Nor with what the year before had."""
    counts = []
    for people, day in ((1, DAY), (3, DAY), (2, DAY.replace(year=2025))):
        for programme in (SCHOOL, SQUARE, BASE):
            hold(programme, day, *(make_resident() for _n in range(people)))
            make_record(programme=programme, went_out_on=day)
        with CaptureQueriesContext(connection) as captured:
            found = Figures(YEAR, NOW)
            for programme in (ALL, SCHOOL, SQUARE, BASE, "after-school"):
                found.of(programme)
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
