"""A child without a live consent, an adult without a live clearance, somebody else's child: one
test for each way. (Slots by action, page, link and SQL: `test_roster.py`; residents: `people`.)"""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from after_school.actions import enrolling, missing, presence
from after_school.models import Enrolment, Presence
from after_school.urls import guardians
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import moment
from diedie_edu.common.links import token
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Clearance, Consent, Resident, Volunteer
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import NINE, consent_text
from tests.support.duties import on_duty
from tests.support.refusals import check_at_once, code_of, guard_that_stops, run

pytestmark = pytest.mark.django_db
FIVE = moment(TODAY, time(17, 0))
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def five():
    with time_machine.travel(FIVE, tick=False):
        yield


@pytest.fixture
def desk(as_user, staff_user) -> Client:
    return as_user(staff_user)


def nobody_came() -> bool:
    return not Presence.objects.filter(arrived_at__isnull=False).exists()


# --- A child whose consent was withdrawn, or ran out this morning --------------------------


@pytest.fixture
def withdrawn(enrolment, mother) -> Enrolment:
    given = {"ending": Consent.Ending.WITHDRAWN_ONLINE, "by": mother, "now": NOW}
    consents.end_consent(consent=Consent.objects.get(), **given)
    return enrolment


@pytest.fixture
def run_out(enrolment) -> Enrolment:
    """The nightly job that ends it has not been yet."""
    check_at_once()
    run("SET session_replication_role = replica")
    Consent.objects.update(valid_until=TODAY - DAY)
    run("SET session_replication_role = origin")
    return enrolment


def come(session, enrolment, by) -> str | None:
    given = {"session": session, "zone": enrolment.zone, "by": by, "now": FIVE}
    return code_of(lambda: presence.let_in(enrolment=enrolment, **given))


def test_no_action_lets_a_withdrawn_child_in(session, withdrawn, staff_user):
    assert come(session, withdrawn, staff_user) == "locked"
    assert nobody_came()


def test_no_action_lets_a_child_in_whose_consent_has_run_out(session, run_out, staff_user):
    assert come(session, run_out, staff_user) == "locked"
    assert nobody_came()


def test_somebody_of_fourteen_needs_no_consent_to_be_let_in(session, run_out, staff_user):
    run("SET session_replication_role = replica")  # years pass: no statement makes a child older
    Resident.objects.filter(pk=run_out.child_id).update(birth_date=date(2012, 1, 1))
    run("SET session_replication_role = origin")
    assert come(session, run_out, staff_user) is None


@pytest.mark.parametrize("kind", ["withdrawn", "run_out"])
def test_no_tap_at_the_door_lets_them_in(kind, request, session, desk):
    enrolment = request.getfixturevalue(kind)
    tap = reverse("after_school:let_in", args=[session.pk, enrolment.child_id])
    answer = desk.post(tap, follow=True)
    assert "同意已终止" in answer.content.decode()
    assert nobody_came()


def test_no_sheet_of_paper_lets_them_in_afterwards(session, withdrawn, desk):
    tap = reverse("after_school:let_in", args=[session.pk, withdrawn.child_id])
    desk.post(tap, {"at": "16:35"})
    assert nobody_came()


@pytest.mark.parametrize("model", ["enrolment", "presence", "collector", "guardianright"])
def test_the_admin_site_has_no_page_that_enters_them(model, desk):
    assert desk.get(f"/admin/after_school/{model}/add/").status_code == 404


def test_no_statement_lets_them_in(session, withdrawn, staff_user):
    arrive = lambda: Presence.objects.create(  # noqa: E731
        session=session,
        enrolment=withdrawn,
        term=session.term,
        child=withdrawn.child,
        arrived_at=FIVE,
        arrived_by=staff_user,
        zone=withdrawn.zone,
    )
    assert guard_that_stops(arrive) == "a_child_is_let_in_under_a_live_consent"


def test_no_statement_lets_in_whoever_was_missing(session, run_out, homework, staff_user):
    missing.plan_missing(FIVE)
    here = {"arrived_at": FIVE, "arrived_by": staff_user, "zone": homework}
    arrive = lambda: Presence.objects.update(**here)  # noqa: E731
    assert guard_that_stops(arrive) == "a_child_is_let_in_under_a_live_consent"


def test_no_enrolment_goes_without_the_text_in_force(term, session, homework, mother):
    old = consent_text("2025-1")
    consent_text("2026-9", in_force_from=NOW)
    wish = enrolling.Wish(
        term=term,
        guardian=mother.resident,
        facts=enrolling.ChildFacts("陈小宝", NINE, "mother"),
        place=enrolling.Place("叠滘小学", "三年级", "", homework, [1], "", ""),
        collectors=[],
        agreement=consents.Agreement(old),
    )
    enrol = lambda: enrolling.enrol(wish=wish, by=mother, now=NOW)  # noqa: E731
    assert code_of(enrol) == "other_text"
    assert not Resident.objects.filter(birth_date=NINE).exists()


def test_no_paper_is_typed_in_without_saying_where_it_lies(term, session, homework, desk):
    page = reverse("after_school:paper_enrolment", args=[term.pk])
    child = {"child-full_name": "陈小宝", "child-birth_date": f"{NINE}", "child-relation": "mother"}
    assert desk.post(page, child).status_code == 200
    assert not Resident.objects.filter(birth_date=NINE).exists()


def test_a_withdrawn_child_gets_no_seat_elsewhere(session, withdrawn, make_lecture, staff_user):
    given = {"activity": make_lecture(), "resident": withdrawn.child, "by": staff_user}
    withdrawn.child.refresh_from_db()
    assert code_of(lambda: seats.sign_up(**given, now=FIVE)) == "locked"
    assert not SignUp.objects.filter(status__in=SignUp.LIVE).exists()


# --- An adult whose check is missing, not clear, over, or does not reach that day -----------


@pytest.fixture
def ahead(term, make_session) -> Duty:
    """A free slot tomorrow."""
    occasion = make_session(term, TODAY + DAY).zone_days.first().occasion
    slot = Duty.at(occasion, None, Duty.Work.CARER)
    slot.save()
    return slot


CHECKS = {
    "missing": [],
    "not clear": [("not_clear", TODAY, TODAY + 300 * DAY)],
    "over": [("clear", TODAY - 300 * DAY, TODAY)],
    "from the day after": [("clear", TODAY + 2 * DAY, TODAY + 300 * DAY)],
    "clear, then not": [
        ("clear", TODAY - 9 * DAY, TODAY + 300 * DAY),
        ("not_clear", TODAY, TODAY + 300 * DAY),
    ],
}


@pytest.fixture(params=CHECKS.values(), ids=CHECKS)
def helper(request, make_user, make_volunteer, staff_user) -> Volunteer:
    user = make_user(Role.VOLUNTEER)
    volunteer = make_volunteer(cleared=False)
    Volunteer.objects.filter(pk=volunteer.pk).update(resident=user.resident)
    for result, since, until in request.param:
        days = {"checked_on": since, "valid_until": until}
        Clearance.objects.create(volunteer=volunteer, result=result, checked_by=staff_user, **days)
    check_at_once()
    return Volunteer.objects.get(pk=volunteer.pk)


def test_their_own_page_offers_them_nothing_and_takes_nothing(ahead, helper, as_user):
    own = as_user(helper.resident.account)
    take = reverse("after_school:slot_take", args=[ahead.occasion_id])
    assert take not in own.get(reverse("after_school:duties")).content.decode()
    own.post(take)
    assert Duty.objects.get().volunteer is None


def test_a_leads_page_does_not_put_them_on(ahead, helper, desk):
    page = reverse("after_school:slot", args=[ahead.pk])
    assert f'value="{helper.pk}"' not in desk.get(page).content.decode()
    desk.post(page, {"volunteer": helper.pk})
    assert Duty.objects.get().volunteer is None


def test_the_action_of_all_programmes_does_not_put_them_on(ahead, helper):
    assert code_of(lambda: on_duty(ahead.occasion, helper, "carer")) == "not_cleared"


def test_no_statement_puts_them_on(ahead, helper):
    fill = "UPDATE volunteering_duty SET volunteer_id = %s"
    guard = guard_that_stops(lambda: run(fill, helper.pk))
    assert guard == "duty_near_children_needs_a_live_clearance"


def test_the_code_in_the_room_signs_in_nobody_who_is_not_on_duty(ahead, helper, as_user):
    session = ahead.occasion.zone_day.session_id
    page = reverse("after_school:on_duty", args=[token("on_duty", session)])
    as_user(helper.resident.account).post(page, {"in": "1"})
    assert not Duty.objects.filter(signed_in_at__isnull=False).exists()


# --- Somebody else's child -----------------------------------------------------------------


def of_a_child() -> list[URLPattern]:
    """Taken from the addresses themselves, so that a new one is tried too."""
    return [row for row in guardians.urlpatterns if "<person:child>" in str(row.pattern)]


def address(pattern: URLPattern, child: int) -> str:
    """With the number of any row of the child's where one is asked for."""
    try:
        return reverse(f"after_school:{pattern.name}", args=[child])
    except NoReverseMatch:
        return reverse(f"after_school:{pattern.name}", args=[child, 1])


@pytest.mark.parametrize("pattern", of_a_child(), ids=lambda row: row.name)
def test_another_guardians_child_is_not_found(pattern, enrolment, as_user, stranger):
    own = as_user(stranger)
    found = [ask(address(pattern, enrolment.child_id)).status_code for ask in (own.get, own.post)]
    assert 404 in found
    assert set(found) <= {404, 405}
