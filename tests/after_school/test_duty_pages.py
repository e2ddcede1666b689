"""The roster's pages: one's own duties, the code in the room, the week, a slot, the checks."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from after_school.models import Session
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.common.links import token
from diedie_edu.people.models import Clearance, Volunteer
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.support.counting import queries_of

pytestmark = pytest.mark.django_db
FIVE, SEVEN = moment(TODAY, time(17, 0)), moment(TODAY, time(19, 0))
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def five():
    with time_machine.travel(FIVE, tick=False):
        yield


@pytest.fixture
def desk(as_user, staff_user) -> Client:
    return as_user(staff_user)


@pytest.fixture
def helper(make_user, make_volunteer) -> Volunteer:
    """A cleared volunteer with an account."""
    user, volunteer = make_user(Role.VOLUNTEER), make_volunteer()
    Volunteer.objects.filter(pk=volunteer.pk).update(resident=user.resident)
    return Volunteer.objects.get(pk=volunteer.pk)


@pytest.fixture
def own(as_user, helper) -> Client:
    return as_user(helper.resident.account)


def zone_of(session: Session) -> Occasion:
    return Occasion.objects.filter(zone_day__session=session).order_by("zone_day__zone").first()


def slot_at(session: Session, volunteer: Volunteer | None = None) -> Duty:
    duty = Duty.at(zone_of(session), volunteer, Duty.Work.CARER)
    duty.save()
    return duty


def url(name: str, *args: object, query: str = "") -> str:
    return reverse(f"after_school:{name}", args=args) + query


def body(answer) -> str:
    return answer.content.decode().split("<main")[1].split("</main>")[0]


# --- The code in the room ------------------------------------------------------------------


@pytest.fixture
def room(session) -> str:
    return url("on_duty", token("on_duty", session.pk))


@pytest.fixture
def duty(session, helper) -> Duty:
    return slot_at(session, helper)


def test_a_volunteer_signs_in_once_and_out_once(own, duty, room):
    assert 'name="in"' in body(own.get(room))
    for _tap in range(2):
        own.post(room, {"in": "1"})
    duty.refresh_from_db()
    assert duty.signed_in_at == FIVE
    assert "17:00" in body(own.get(room))
    with time_machine.travel(SEVEN, tick=False):
        own.post(room, {"out": "1"})
    with time_machine.travel(SEVEN + timedelta(minutes=5), tick=False):
        own.post(room, {"out": "1"})
    duty.refresh_from_db()
    assert (duty.signed_out_at, duty.served_minutes) == (SEVEN, 120)
    assert "<button" not in body(own.get(room))


@pytest.mark.parametrize("forge", ["nothing", "1-000000000000000000000000", "1"])
def test_a_forged_code_leads_nowhere(own, forge):
    assert own.get(url("on_duty", forge)).status_code == 404
    assert own.post(url("on_duty", forge), {"in": "1"}).status_code == 404


def test_a_code_made_for_something_else_leads_nowhere(own, session):
    assert own.get(url("on_duty", token("stand_in", session.pk))).status_code == 404


@pytest.mark.parametrize("now", [FIVE - DAY, FIVE - 2 * timedelta(hours=1), FIVE + DAY])
def test_a_photographed_code_signs_nobody_in_at_another_time(own, duty, room, now):
    with time_machine.travel(now, tick=False):
        answer = own.post(room, {"in": "1"}, follow=True)
    assert "当天" in answer.content.decode()
    duty.refresh_from_db()
    assert duty.signed_in_at is None


def test_who_forgets_to_sign_out_went_home_at_the_end(own, duty, room):
    own.post(room, {"in": "1"})
    with time_machine.travel(FIVE + DAY, tick=False):
        own.post(room, {"out": "1"})
    duty.refresh_from_db()
    assert (duty.signed_out_at, duty.served_minutes) == (SEVEN, 120)


def test_whoever_is_not_on_the_roster_is_told_so_and_signs_nobody_in(
    own, session, room, make_volunteer
):
    slot_at(session, make_volunteer())
    assert url("duties") in body(own.get(room))
    own.post(room, {"in": "1"})
    assert Duty.objects.get().signed_in_at is None


def test_the_code_opens_for_volunteers_alone(as_user, stranger, room):
    assert as_user(stranger).get(room).status_code == 403
    assert "/sign-in/" in Client().get(room)["Location"]


# --- One's own duties ----------------------------------------------------------------------


def test_a_slot_is_taken_and_given_back_from_ones_own_page(own, term, make_session, helper):
    slot = slot_at(make_session(term, TODAY + DAY))
    own.post(url("slot_take", slot.occasion_id))
    assert Duty.objects.get().volunteer == helper
    back = url("slot_give_back", slot.pk)
    assert back in body(own.get(url("duties")))
    assert 'method="post"' in body(own.get(back))
    own.post(back)
    assert Duty.objects.get().volunteer is None


def test_somebody_elses_duty_is_not_found(own, term, make_session, make_volunteer):
    other = slot_at(make_session(term, TODAY + DAY), make_volunteer())
    for ask in (own.get, own.post):
        assert ask(url("slot_give_back", other.pk)).status_code == 404
    assert Duty.objects.get().volunteer is not None


def test_a_duty_that_has_begun_is_not_given_back(own, duty):
    own.post(url("slot_give_back", duty.pk))
    assert Duty.objects.get().volunteer is not None


def test_where_nothing_is_free_the_page_says_what_follows(own, session):
    assert "未来四周没有适合您的空班" in body(own.get(url("duties")))


# --- The week, and one slot ----------------------------------------------------------------


def test_the_week_shows_who_is_on_duty_and_what_is_free(desk, session, make_volunteer):
    slot_at(session, make_volunteer(full_name="秦小满"))
    free = slot_at(session)
    page = body(desk.get(url("roster")))
    assert "秦小满" in page
    assert url("slot", free.pk) in page
    assert url("duty_signing", session.pk) in page


def test_at_a_weekend_the_roster_opens_on_the_week_ahead(desk, term, make_session, clock):
    make_session(term, TODAY + 7 * DAY)
    clock.move_to(moment(TODAY + 6 * DAY, time(9)))  # a Sunday
    assert "2026年11月30日" in body(desk.get(url("roster")))


@pytest.mark.parametrize("week", ["2026-11-30", "nonsense", "2026-13-40", ""])
def test_any_week_opens(desk, session, week):
    answer = desk.get(url("roster", query=f"?week={week}"))
    assert answer.status_code == 200


def test_a_lead_assigns_somebody_cleared_and_frees_the_slot_again(
    desk, term, make_session, make_volunteer
):
    slot, person = slot_at(make_session(term, TODAY + DAY)), make_volunteer(full_name="秦小满")
    page = url("slot", slot.pk)
    assert "秦小满" in body(desk.get(page))
    answer = desk.post(page, {"volunteer": person.pk})
    assert answer["Location"].endswith("?week=2026-11-24")
    assert Duty.objects.get().volunteer == person
    desk.post(page, {"free": "1"})
    assert Duty.objects.get().volunteer is None


@pytest.mark.parametrize("sent", ["", "nobody", "0", "-1", "²"])
def test_a_slot_goes_to_nobody_who_does_not_exist(desk, session, sent):
    slot = slot_at(session)
    assert desk.post(url("slot", slot.pk), {"volunteer": sent}).status_code == 404


def test_staff_sign_in_and_out_whoever_has_no_phone(desk, duty, session):
    page = url("duty_signing", session.pk)
    desk.post(page, {"duty": duty.pk, "in": "1"})
    with time_machine.travel(SEVEN, tick=False):
        desk.post(page, {"duty": duty.pk, "out": "1"})
    assert Duty.objects.get().served_minutes == 120


def test_a_duty_of_another_day_is_not_signed_here(desk, session, term, make_session, helper):
    other = slot_at(make_session(term, TODAY + DAY), helper)
    answer = desk.post(url("duty_signing", session.pk), {"duty": other.pk, "in": "1"})
    assert answer.status_code == 404


# --- Checks --------------------------------------------------------------------------------


def test_checks_are_listed_with_the_first_to_run_out_on_top(desk, make_volunteer):
    make_volunteer(full_name="马春分")
    soon = make_volunteer(full_name="秦小满")
    make_volunteer(cleared=False, full_name="吕雨水")
    Clearance.objects.filter(volunteer=soon).update(valid_until=TODAY + 9 * DAY)
    page = body(desk.get(url("clearances")))
    assert page.index("秦小满") < page.index("马春分") < page.index("吕雨水")
    assert page.index("2026-12-02") < page.index("2027-11-23")
    assert "未查询" in page


# --- How much they ask the database --------------------------------------------------------


def same_for_one_and_three(client: Client, address: str, more: Callable[[], object]) -> None:
    more()
    one = queries_of(client, address)
    more(), more()
    assert queries_of(client, address) == one


def test_the_week_asks_as_much_for_three_slots_as_for_one(desk, session, make_volunteer):
    same_for_one_and_three(desk, url("roster"), lambda: slot_at(session, make_volunteer()))


def test_the_week_asks_as_much_for_three_days_as_for_one(desk, term, make_session):
    days = iter(range(3))
    more = lambda: slot_at(make_session(term, TODAY + next(days) * DAY))  # noqa: E731
    same_for_one_and_three(desk, url("roster"), more)


def test_a_slot_asks_as_much_for_three_people_as_for_one(desk, session, make_volunteer):
    slot = slot_at(session)
    same_for_one_and_three(desk, url("slot", slot.pk), make_volunteer)


def test_signing_asks_as_much_for_three_people_as_for_one(desk, session, make_volunteer):
    more = lambda: slot_at(session, make_volunteer())  # noqa: E731
    same_for_one_and_three(desk, url("duty_signing", session.pk), more)


def test_checks_ask_as_much_for_three_people_as_for_one(desk, make_volunteer):
    same_for_one_and_three(desk, url("clearances"), make_volunteer)


@pytest.mark.parametrize("is_mine", [True, False])
def test_ones_own_page_asks_as_much_for_three_duties_as_for_one(
    own, helper, term, make_session, is_mine
):
    days = iter(range(1, 4))

    def more() -> None:
        slot_at(make_session(term, TODAY + next(days) * DAY), helper if is_mine else None)

    same_for_one_and_three(own, url("duties"), more)
