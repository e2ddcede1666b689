"""Who stands on a contact list, what a visit leaves, and phones that are used once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.references import erase
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Volunteer
from edu_base.actions import mobilising
from edu_base.models import ContactList, Intake, PhoneLeft, SchemeYear, State, Visit
from edu_base.queries import mobilising as queries
from edu_base.queries.funnel import Funnel
from edu_base.rules.funnel import Row
from edu_base.rules.mobilising import born_between
from tests.conftest import NOW
from tests.support.education import make_application, make_intake, make_year
from tests.support.merging import merged
from tests.support.mobilising import give, live_at, visit
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
PHONE = {"phone": "13812345678", "address": "10.1.2.3", "language": "zh-hans", "now": NOW}


@pytest.fixture
def volunteer(make_user: Callable[..., User]) -> User:
    user = make_user(Role.VOLUNTEER)
    Volunteer.objects.create(resident=user.resident, kinds=["community"])
    return user


def asked(year: SchemeYear) -> set[str]:
    return {person.full_name for person in queries.people_to_ask(year, TODAY)}


# --- Whose age fits --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "fits"),
    [
        (date(2008, 9, 1), True),  # 18 on the day itself
        (date(2008, 9, 2), False),
        (date(2000, 9, 2), True),  # 26 the day after
        (date(2000, 9, 1), False),
        (date(2008, 2, 29), True),
    ],
)
def test_ages_count_as_the_class_says(born: date, fits: bool, intake: Intake) -> None:
    live_at(name="何小满", born=born)
    assert asked(intake.scheme_year) == ({"何小满"} if fits else set())


def test_a_class_of_fifteen_year_olds_asks_them_too(intake: Intake) -> None:
    live_at(name="何小满", born=date(2011, 9, 1))
    assert not asked(intake.scheme_year)
    make_intake(intake.scheme_year, min_age=15)
    assert asked(intake.scheme_year) == {"何小满"}


def test_nobody_under_fourteen_is_visited(intake: Intake) -> None:
    intake.min_age = intake.max_age = None
    assert born_between(intake, date(2026, 11, 23)) == (None, date(2012, 11, 22))
    intake.min_age = 10
    assert born_between(intake, date(2026, 11, 23)) == (None, date(2012, 11, 22))


def test_who_lives_elsewhere_has_applied_or_studies_needs_no_visit(
    intake: Intake, staff_user: User
) -> None:
    live_at(name="何小满", residency="outside")
    make_application(staff_user, intake, State.SUBMITTED, person=live_at())
    before = make_intake(make_year(year=NOW.year - 1))
    make_application(staff_user, before, State.STUDYING, person=live_at())
    make_application(staff_user, before, State.WITHDRAWN, person=live_at(name="陆清明"))
    make_application(staff_user, intake, State.DRAFT, person=live_at(name="温谷雨"))
    assert asked(intake.scheme_year) == {"陆清明", "温谷雨"}


def test_year_goes_on_to_the_next_classes(intake: Intake) -> None:
    after = intake.closes_on + timedelta(days=1)
    assert queries.year_to_mobilise(intake.closes_on) == intake.scheme_year
    assert queries.year_to_mobilise(after) is None
    next_year = make_year(year=NOW.year + 1)
    make_intake(next_year, opens_on=date(2027, 7, 1), closes_on=date(2027, 8, 31))
    assert queries.year_to_mobilise(after) == next_year


# --- Lists -----------------------------------------------------------------------------


def test_buildings_have_their_people(intake: Intake, staff_user: User) -> None:
    year = intake.scheme_year
    people = [live_at("3"), live_at("3"), live_at("12"), live_at("")]
    visit(year, people[0], "interested", staff_user)
    visit(year, people[1], "not_met", staff_user)
    rows = queries.buildings(year, TODAY)
    assert [(row.name, row.people, row.met, row.interested) for row in rows] == [
        ("3", 2, 1, 1),
        ("12", 1, 0, 0),
        ("", 1, 0, 0),
    ]


def test_lists_go_to_staff_and_to_volunteers_who_serve(
    intake: Intake, staff_user: User, volunteer: User, stranger: User
) -> None:
    who = {"year": intake.scheme_year, "by": staff_user, "now": NOW}
    mobilising.give_lists(buildings=["3", "5"], to=volunteer, **who)
    assert set(ContactList.objects.values_list("building", "given_to")) == {
        ("3", volunteer.pk),
        ("5", volunteer.pk),
    }
    mobilising.give_lists(buildings=["5"], to=staff_user, **who)
    assert ContactList.objects.get(building="5").given_to == staff_user
    assert set(Notice.objects.values_list("account", flat=True)) == {volunteer.pk, staff_user.pk}
    give_stranger = lambda: mobilising.give_lists(buildings=["3"], to=stranger, **who)  # noqa: E731
    assert code_of(give_stranger) == "not_ours"
    mobilising.take_lists_back(year=intake.scheme_year, buildings=["3", "5"])
    assert not ContactList.objects.exists()


def test_list_shows_those_to_meet_first(intake: Intake, staff_user: User) -> None:
    year = intake.scheme_year
    met, other = live_at(name="何小满"), live_at(name="陆清明")
    live_at("4")
    tap = visit(year, met, "interested", staff_user)
    found = queries.lines(give(year, "3", staff_user), TODAY)
    assert [(row.full_name, row.seen) for row in found] == [("陆清明", 0), ("何小满", tap.pk)]
    visit(year, other, "not_met", staff_user)
    assert [row.is_met for row in found.all()] == [False, True]


# --- Visits ----------------------------------------------------------------------------


def test_whoever_says_no_is_on_no_list_of_any_year(intake: Intake, staff_user: User) -> None:
    person = live_at()
    tap = visit(intake.scheme_year, person, "do_not_ask", staff_user)
    later = make_year(year=NOW.year + 1)
    make_intake(later)
    assert not asked(intake.scheme_year)
    assert not asked(later)
    assert code_of(lambda: visit(later, person, "interested", staff_user)) == "said_no"
    mobilising.take_back(visit=tap, by=staff_user, now=NOW)
    assert asked(later) == {person.full_name}


def test_a_tap_sent_twice_is_noted_once(intake: Intake, staff_user: User, stranger: User) -> None:
    who = {"year": intake.scheme_year, "person": live_at(), "seen": 0, "now": NOW}
    for _twice in range(2):
        mobilising.note_visit(outcome="interested", by=staff_user, **who)
    assert Visit.objects.count() == 1
    late = lambda: mobilising.note_visit(outcome="not_met", by=stranger, **who)  # noqa: E731
    assert code_of(late) == "noted"


def test_a_wrong_tap_is_taken_back_once_by_its_own(
    intake: Intake, staff_user: User, volunteer: User, stranger: User
) -> None:
    tap = visit(intake.scheme_year, live_at(), "do_not_ask", volunteer)
    assert code_of(lambda: mobilising.take_back(visit=tap, by=stranger, now=NOW)) == "not_yours"
    mobilising.take_back(visit=tap, by=volunteer, now=NOW)
    again = lambda: mobilising.take_back(visit=tap, by=staff_user, now=NOW)  # noqa: E731
    assert code_of(again) == "taken_back"
    assert not queries.COUNTS.exists()


def test_whoever_is_erased_stays_a_number(intake: Intake, staff_user: User) -> None:
    person = live_at()
    visit(intake.scheme_year, person, "interested", staff_user)
    erase(person, NOW)
    assert Visit.objects.get().person_id == person.pk


def test_two_rows_of_one_person_count_once(intake: Intake, staff_user: User) -> None:
    kept, double = live_at(), live_at()
    for person in (kept, double):
        visit(intake.scheme_year, person, "interested", staff_user)
    merged(double, kept)
    assert Funnel(intake.scheme_year).whole == Row(reached=1, interested=1)


# --- Phones of visitors ----------------------------------------------------------------


def closed(intake: Intake) -> None:
    opens = {"opens_on": TODAY + timedelta(days=9), "closes_on": TODAY + timedelta(days=30)}
    Intake.objects.filter(pk=intake.pk).update(**opens)


def test_a_phone_hears_once_and_is_gone(intake: Intake) -> None:
    closed(intake)
    for _twice in range(2):
        mobilising.leave_phone(scheme="households", **PHONE)
    assert PhoneLeft.objects.get().phone == "13812345678"
    assert mobilising.tell_of_opening(NOW) == 0
    opened = NOW + timedelta(days=9)
    assert [mobilising.tell_of_opening(opened) for _tick in range(2)] == [1, 0]
    assert not PhoneLeft.objects.exists()
    notice = Notice.objects.get()
    assert (notice.address, notice.kind) == ("13812345678", "edu_base.now_open")


def test_no_phone_is_needed_where_one_can_apply(intake: Intake) -> None:
    assert code_of(lambda: mobilising.leave_phone(scheme="households", **PHONE)) == "open"
    landline = PHONE | {"phone": "0757-81234567"}
    assert code_of(lambda: mobilising.leave_phone(scheme="dream", **landline)) == "no_mobile"


def test_nobody_fills_the_list(settings: Settings) -> None:
    settings.PHONES_LEFT_PER_HOUR = 1
    mobilising.leave_phone(scheme="dream", **PHONE)
    assert code_of(lambda: mobilising.leave_phone(scheme="households", **PHONE)) == "too_many"


def test_a_number_that_nobody_needed_goes(settings: Settings) -> None:
    mobilising.leave_phone(scheme="dream", **PHONE)
    mobilising.tell_of_opening(NOW + timedelta(days=settings.PHONE_LEFT_KEEP_DAYS))
    assert PhoneLeft.objects.exists()
    mobilising.tell_of_opening(NOW + timedelta(days=settings.PHONE_LEFT_KEEP_DAYS + 1))
    assert not PhoneLeft.objects.exists()
