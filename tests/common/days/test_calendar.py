from datetime import date, timedelta
from time import process_time

import pytest
from django.utils import translation
from holidays import China
from hypothesis import given
from hypothesis import strategies as st

from diedie_edu.common.calendar import Calendar, SpecialDayKind
from diedie_edu.common.days import days_of_year, is_weekend

OFF, WORKING, CLOSED = SpecialDayKind
PUBLIC = Calendar()
DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_2026_has_84_lecture_days_and_242_session_days():
    assert len(PUBLIC.lecture_days(2026)) == 84
    assert len(PUBLIC.session_days(2026)) == 242


def test_working_days_pass_over_weekends_festivals_and_makeup_days():
    calendar = Calendar({day("2026-11-25"): "off", day("2026-11-28"): "working"})
    assert calendar.working_day_after(day("2026-11-23"), 0) == day("2026-11-23")
    assert calendar.working_day_after(day("2026-11-23"), 3) == day("2026-11-27")
    assert calendar.working_day_after(day("2026-11-27"), 2) == day("2026-11-30")
    assert PUBLIC.working_day_after(day("2026-09-30"), 1) == day("2026-10-08")


def test_the_six_makeup_workdays_of_2026_are_worked():
    makeup = PUBLIC.makeup_workdays(2026)

    assert [f"{worked:%m-%d}" for worked in makeup] == [
        "01-04", "02-14", "02-28", "05-09", "09-20", "10-10",
    ]  # fmt: skip
    assert all(PUBLIC.is_working_day(worked) for worked in makeup)
    assert not any(PUBLIC.is_lecture_day(worked) for worked in makeup)


def test_all_14_festival_weekend_days_of_2026_are_known():
    weekends = [day for day in days_of_year(2026) if is_weekend(day)]
    festive = [day for day in weekends if PUBLIC.festival(day)]

    assert (len(weekends), len(festive)) == (104, 14)
    # The trap this guards against: the package's own lookup knows three of them.
    assert sum(day in China(years=2026) for day in festive) == 3


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2026-01-02", "元旦", "New Year's Day"),
        ("2026-02-15", "春节", "Chinese New Year (Spring Festival)"),
        ("2026-02-16", "春节", "Chinese New Year (Spring Festival)"),
        ("2026-04-06", "清明节", "Tomb-Sweeping Day"),
        ("2026-06-20", "端午节", "Dragon Boat Festival"),
        ("2026-10-07", "国庆节", "National Day"),
        ("2025-10-06", "中秋节", "Mid-Autumn Festival"),
        ("2020-10-01", "中秋节、国庆节", "Mid-Autumn Festival, National Day"),
        ("2023-12-30", "元旦", "New Year's Day"),
        ("2026-11-23", None, None),
        ("2026-11-28", None, None),
    ],
)
def test_a_festival_is_named_in_the_readers_language(text, chinese, english):
    with translation.override("zh-hans"):
        assert PUBLIC.festival(day(text)) == chinese
    with translation.override("en"):
        assert PUBLIC.festival(day(text)) == english


@pytest.mark.parametrize("year", range(2018, 2027))
def test_published_years_are_announced(year):
    assert PUBLIC.is_announced(year)


def test_2027_is_not_announced_and_goes_on_from_weekdays():
    assert not PUBLIC.is_announced(2027)
    assert PUBLIC.is_lecture_day(day("2027-03-06"))
    assert PUBLIC.festival(day("2027-02-06"))


def test_a_year_is_announced_once_staff_mark_it_complete():
    calendar = Calendar({day("2027-02-20"): WORKING}, frozenset({2027}))

    assert calendar.is_announced(2027)
    assert calendar.is_makeup_workday(day("2027-02-20"))
    assert not calendar.is_lecture_day(day("2027-02-20"))
    assert not calendar.is_announced(2028)


def test_single_days_that_are_entered_announce_no_year():
    special = {day("2027-02-20"): WORKING, day("2027-02-11"): OFF, day("2027-06-12"): CLOSED}

    assert not Calendar(special).is_announced(2027)
    assert Calendar(special).is_makeup_workday(day("2027-02-20"))


def test_a_day_off_that_staff_enter_belongs_to_the_festival_beside_it():
    calendar = Calendar({day("2027-02-11"): OFF, day("2027-07-07"): OFF})

    with translation.override("zh-hans"):
        assert calendar.festival(day("2027-02-11")) == "春节"
        assert calendar.festival(day("2027-07-07")) == "法定节假日"
    assert not calendar.is_session_day(day("2027-07-07"))


@pytest.mark.parametrize("text", ["2026-11-23", "2026-11-28", "2026-10-10", "2026-10-01"])
def test_a_typhoon_closes_any_day_and_makes_no_holiday(text):
    calendar = Calendar({day(text): CLOSED})

    assert calendar.is_closed(day(text))
    assert not calendar.is_working_day(day(text))
    assert not calendar.is_lecture_day(day(text))
    assert not calendar.is_session_day(day(text))
    assert calendar.festival(day(text)) == PUBLIC.festival(day(text))


def test_special_days_are_plain_words_in_the_database():
    assert Calendar({day("2026-11-28"): "working"}).is_makeup_workday(day("2026-11-28"))


@given(DAYS, st.dictionaries(DAYS, st.sampled_from(SpecialDayKind), max_size=5))
def test_no_day_is_two_things_at_once(any_day, special):
    calendar = Calendar(special)

    states = [
        calendar.is_lecture_day(any_day),
        calendar.is_session_day(any_day),
        calendar.is_makeup_workday(any_day),
        calendar.festival(any_day) is not None,
    ]
    assert sum(states) <= 1
    assert calendar.is_working_day(any_day) <= (calendar.festival(any_day) is None)


@given(DAYS)
def test_the_package_and_the_calendar_agree_on_working_days(any_day):
    assert PUBLIC.is_working_day(any_day) == China(years=any_day.year).is_working_day(any_day)


def test_400_days_are_asked_in_a_moment():
    start = day("2026-01-01")
    PUBLIC.lecture_days(2026), PUBLIC.lecture_days(2027)

    begun = process_time()
    for n in range(400):
        PUBLIC.is_lecture_day(start + timedelta(days=n))

    assert process_time() - begun < 0.1
