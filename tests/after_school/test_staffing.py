"""More adults, fewer adults, more places: what becomes of the slots of the days ahead."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from after_school.actions import staffing
from after_school.models import Session, StaffNeed, Term, Zone
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.volunteering.models import Duty, StandIn
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.occasions import rebook
from tests.support.refusals import code_of
from tests.support.sent_forms import opened

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WEEK = [1, 2, 3, 4, 5]


@pytest.fixture
def days(term, make_session) -> list[Session]:
    """Today and the four days that follow, two slots in each zone by the needs."""
    for zone in term.zones.all():
        for weekday in WEEK:
            StaffNeed.objects.create(zone=zone, weekday=weekday, adults=2, children_per_adult=10)
    found = [make_session(term, TODAY + number * DAY) for number in range(5)]
    for occasion in Occasion.objects.all():
        for _slot in range(2):
            Duty.at(occasion, None, Duty.Work.TUTOR).save()
    return found


@pytest.fixture
def change(homework, staff_user):
    def change(adults: int, weekdays=WEEK, per_adult: int = 10, now=NOW) -> staffing.SlotChange:
        return staffing.change_needs(
            zone=homework,
            weekdays=weekdays,
            adults=adults,
            children_per_adult=per_adult,
            by=staff_user,
            now=now,
        )

    return change


def slots(session: Session, zone: Zone) -> int:
    return Duty.objects.filter(
        occasion__zone_day__session=session, occasion__zone_day__zone=zone
    ).count()


def test_more_adults_open_free_slots_on_every_day_ahead(days, change, homework, activities):
    assert change(3) == staffing.SlotChange(added=5, removed=0, spare=0)
    assert [slots(day, homework) for day in days] == [3] * 5
    assert [slots(day, activities) for day in days] == [2] * 5
    assert set(Duty.objects.values_list("work", flat=True)) == {"tutor"}


def test_one_weekday_changes_alone_and_the_same_again_changes_nothing(days, change, homework):
    assert change(4, weekdays=[2]).added == 2
    assert change(4, weekdays=[2]) == staffing.SlotChange(0, 0, 0)
    assert [slots(day, homework) for day in days] == [2, 4, 2, 2, 2]


def test_fewer_children_for_each_adult_need_more_adults(days, change):
    assert change(2, per_adult=5).added == 10


def test_fewer_adults_take_free_slots_away_and_never_a_filled_one(days, change, make_volunteer):
    [monday, *_rest] = days
    for duty in Duty.objects.filter(occasion__zone_day__session=monday):
        if duty.occasion.zone_day.zone.kind == "homework":
            Duty.objects.filter(pk=duty.pk).update(volunteer=make_volunteer())
    assert change(1, per_adult=20) == staffing.SlotChange(added=0, removed=4, spare=1)
    assert Duty.objects.filter(volunteer__isnull=False).count() == 2


def test_a_slot_that_nobody_was_asked_for_goes_first(days, change, homework, make_volunteer):
    asked = Duty.objects.filter(occasion__zone_day__zone=homework).order_by("pk").first()
    StandIn.objects.create(duty=asked, volunteer=make_volunteer(), asked_at=NOW)
    change(1, per_adult=20)
    assert Duty.objects.filter(pk=asked.pk).exists()


def test_what_has_begun_or_is_called_off_stays_as_it_is(days, change, homework):
    rebook(Occasion.objects.filter(zone_day__session=days[1]), is_off=True)
    change(3, now=NOW + timedelta(hours=8))
    assert [slots(day, homework) for day in days] == [2, 2, 3, 3, 3]


def test_a_term_that_is_called_off_is_not_changed(days, change, term):
    Activity.objects.filter(pk=term.pk).update(
        state=Activity.State.CALLED_OFF, call_off_reason="台风"
    )
    assert code_of(lambda: change(3)) == "called_off"


def test_more_days_take_as_many_statements(days, change, term, make_session):
    def statements(adults: int) -> int:
        with CaptureQueriesContext(connection) as made:
            change(adults)
        return len(made)

    few = statements(3), statements(2)
    for number in range(7, 12):
        make_session(term, TODAY + number * DAY)
    assert (statements(3), statements(2)) == few


# --- Places ----------------------------------------------------------------------------


def test_seats_of_the_term_and_slots_follow_the_places(days, homework, term, staff_user):
    given = {"zone": homework, "by": staff_user, "now": NOW}
    change = staffing.change_places(places=30, **given)
    assert (Term.objects.get(pk=term.pk).capacity, change.added) == (50, 5)
    assert Zone.objects.get(pk=homework.pk).places == 30


def test_places_are_never_fewer_than_taken_nor_more_than_the_room_holds(
    days, homework, term, staff_user
):
    Activity.objects.filter(pk=term.pk).update(taken=30)
    given = {"zone": homework, "by": staff_user, "now": NOW}
    assert code_of(lambda: staffing.change_places(places=9, **given)) == "below_taken"
    many = homework.venue.places + 1
    assert code_of(lambda: staffing.change_places(places=many, **given)) == "too_many_places"
    assert Zone.objects.get(pk=homework.pk).places == 20


# --- The page --------------------------------------------------------------------------


def test_staff_save_and_read_what_became_of_the_slots(days, homework, term, staff_user, as_user):
    page, desk = f"/desk/school/terms/{term.pk}/staff/", as_user(staff_user)
    shown = desk.get(f"{page}?zone={homework.pk}&weekday=3").content.decode()
    assert f'value="{homework.pk}" selected' in shown
    sent = {"zone": homework.pk, "weekday": 0, "adults": 3, "children_per_adult": 10}
    answer = desk.post(page, sent | opened(desk, page), follow=True).content.decode()
    assert "4" in answer
    assert StaffNeed.objects.filter(zone=homework, adults=3).count() == 5


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    days, homework, term, as_user, staff_user
):
    desk, sent = as_user(staff_user), {"places-zone": homework.pk, "places-places": 999}
    answer = desk.post(f"/desk/school/terms/{term.pk}/places/", sent).content.decode()
    assert 'value="999"' in answer
    assert "is-invalid" in answer


def test_the_page_asks_as_often_for_few_needs_as_for_many(days, term, as_user, staff_user):
    page, desk = f"/desk/school/terms/{term.pk}/staff/", as_user(staff_user)
    many = queries_of(desk, page)
    StaffNeed.objects.exclude(weekday=1).delete()
    assert queries_of(desk, page) == many
