"""Children in groups: a guardian's yes, checked leaders, and what the database refuses."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, Attendance, SignUp
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions.clearances import record_clearance
from diedie_edu.people.models import ChildAccess, Clearance, Consent, Resident
from diedie_edu.volunteering.models import Duty
from happy_square.actions import children, leading
from happy_square.models import Group, Trial
from tests.conftest import NOW
from tests.support.children import NINE, consented, give_consent
from tests.support.groups import TODAY, lead, make_group, meet_up, member
from tests.support.refusals import code_of, refused_by
from tests.support.square_children import check, childrens_group, seat, square_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
GATE = "child_of_a_group_is_looked_after"
AHEAD = date(2026, 11, 29)


@pytest.fixture
def group(staff_user: User) -> Group:
    return childrens_group(staff_user)


@pytest.fixture
def leader(group: Group) -> Resident:
    return group.leaderships.get().resident


@pytest.fixture
def child(make_resident: Callable[..., Resident], resident_user: User) -> Resident:
    """Known by the 4:30 school alone."""
    born = Resident.objects.create(full_name="小宝", birth_date=NINE)
    return consented(born, resident_user.resident)


# --- The database ----------------------------------------------------------------------


def test_in_every_other_group_nobody_under_14_is_named_by_sql_either(
    child: Resident, now: datetime
) -> None:
    give_consent(child, child.guardians.get().guardian, **square_text())
    grown = make_group()
    occasion = meet_up(grown, AHEAD)
    with refused_by(GATE):
        seat(grown, child, now)
    with refused_by(GATE):
        Attendance.objects.create(occasion=occasion, resident=child, arrived_at=now)
    with refused_by(GATE):
        Trial.objects.create(occasion=occasion, resident=child, asked_at=now)
    with refused_by(GATE), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO activities_signup (activity_id, resident_id, status, is_deferred,"
            " signed_up_at) VALUES (%s, %s, 'waiting', FALSE, now())",
            [grown.pk, child.pk],
        )
    one = Resident.objects.create(full_name="没说年龄")
    member(grown, one)
    other = Resident.objects.create(full_name="也没说")
    Trial.objects.create(occasion=occasion, resident=other, asked_at=now)
    for person in (one, other):
        with refused_by("a_child_is_in_no_group_of_grown_ups"):
            Resident.objects.filter(pk=person.pk).update(birth_date=NINE)


def test_a_child_is_written_down_where_leaders_are_checked_and_a_guardian_agreed(
    group: Group, child: Resident, staff_user: User, now: datetime
) -> None:
    with refused_by(GATE):  # the consent of the 4:30 school does not count
        seat(group, child, now)
    given = give_consent(child, child.guardians.get().guardian, **square_text())
    occasion = meet_up(group, AHEAD)
    seat(group, child, now)
    came = {"occasion": occasion, "resident": child, "arrived_at": now}
    with refused_by(GATE):  # nobody is on duty yet
        Attendance.objects.create(**came)
    children.put_on_duty(now)
    children.put_on_duty(now)
    assert Duty.objects.get().volunteer.resident.full_name == "喻小雪"
    Attendance.objects.create(**came).delete()
    Consent.objects.filter(pk=given.pk).update(valid_until=TODAY - timedelta(days=1))
    with refused_by(GATE):
        Attendance.objects.create(**came)


def test_a_check_that_ends_lets_no_child_be_written_down_and_is_heard_once(
    group: Group,
    leader: Resident,
    child: Resident,
    staff_user: User,
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    guide = make_user("programme_lead", scope="happy-square")
    mother = child.guardians.get().guardian
    give_consent(child, mother, **square_text())
    seat(group, child, now)
    Clearance.objects.update(valid_until=TODAY - timedelta(days=1))
    with refused_by(GATE):
        Trial.objects.create(occasion=meet_up(group, AHEAD), resident=child, asked_at=now)
    for _twice in range(2):
        children.look_after(now)
    heard = Notice.objects.filter(kind="happy_square.check_ended", channel="inbox")
    assert set(heard.values_list("recipient", "account")) == {
        (mother.pk, None),
        (leader.pk, None),
        (None, guide.pk),
    }
    check(leader, staff_user)
    Trial.objects.create(occasion=_on_duty(group, now), resident=child, asked_at=now)


def _on_duty(group: Group, now: datetime) -> object:
    occasion = meet_up(group, AHEAD + timedelta(days=7))
    children.put_on_duty(now)
    return occasion


def test_a_check_that_staff_end_takes_the_leader_off_all_dates_ahead(
    group: Group, leader: Resident, staff_user: User, now: datetime
) -> None:
    meet_up(group, AHEAD)
    children.put_on_duty(now)
    about = {"result": "not_clear", "checked_on": TODAY, "valid_until": TODAY}
    record_clearance(volunteer=leader.volunteer, **about, by=staff_user, now=now)
    assert not Duty.objects.exists(), "there is no roster whose slot would stay"
    children.put_on_duty(now)
    assert not Duty.objects.exists()


def test_a_consent_that_ran_out_gives_the_place_back_and_guardians_and_leads_hear(
    group: Group, leader: Resident, child: Resident, now: datetime
) -> None:
    mother = child.guardians.get().guardian
    give_consent(child, mother, **square_text())
    seat(group, child, now)
    later = now + timedelta(days=366)
    for _twice in range(2):
        children.look_after(later)
    assert SignUp.objects.get().status == "cancelled"
    heard = Notice.objects.filter(kind="happy_square.consent_ended", channel="inbox")
    assert set(heard.values_list("recipient", flat=True)) == {mother.pk, leader.pk, None}
    assert "小宝" not in str(heard.first().data)


def test_whoever_leads_children_has_been_checked(
    group: Group, make_resident: Callable[..., Resident], staff_user: User, now: datetime
) -> None:
    unchecked = make_resident()
    named = {"group": group, "resident": unchecked, "part": "deputy", "by": staff_user, "now": now}
    assert code_of(lambda: leading.name_leader(**named)) == "not_checked"
    with refused_by("leader_near_children_is_checked"):
        lead(group, unchecked, "deputy")
    grown = make_group()
    lead(grown, unchecked)
    with refused_by("leaders_are_checked_before_children_come"):
        Activity.objects.filter(pk=grown.pk).update(needs_clearance=True)


def test_nobody_under_14_leads_a_group(child: Resident, leader: Resident) -> None:
    with refused_by("nobody_under_14_leads_a_group"):
        lead(make_group(), child)
    with refused_by("a_child_is_in_no_group_of_grown_ups"):
        Resident.objects.filter(pk=leader.pk).update(birth_date=NINE)


def test_whoever_opens_a_list_of_children_is_written_down(
    as_user: Callable[[User], Client],
    group: Group,
    child: Resident,
    staff_user: User,
    now: datetime,
) -> None:
    give_consent(child, child.guardians.get().guardian, **square_text())
    occasion = meet_up(group, AHEAD)
    client, url = as_user(staff_user), f"/groups/{group.pk}/run/"
    client.get(f"{url}members/")
    assert not ChildAccess.objects.exists(), "no child belongs to it"
    seat(group, child, now)
    sheet = client.get(f"{url}dates/{occasion.pk}/sheet/")
    assert child.full_name in sheet.text
    look = ChildAccess.objects.get(child_number=child.pk, viewer=staff_user)
    assert look.page == "happy_square:count_sheet"


def test_children_leave_before_a_group_takes_none(
    group: Group, child: Resident, now: datetime
) -> None:
    give_consent(child, child.guardians.get().guardian, **square_text())
    place = seat(group, child, now)
    with refused_by("children_leave_before_it_stops_taking_them"):
        Activity.objects.filter(pk=group.pk).update(needs_clearance=False)
    SignUp.objects.filter(pk=place.pk).update(status="cancelled", cancelled_at=now)
    Activity.objects.filter(pk=group.pk).update(needs_clearance=False)
    group.refresh_from_db()
    assert not group.takes_children, "the key carries it"


def test_the_headcount_says_why_a_child_is_not_written_down(
    as_user: Callable[[User], Client], staff_user: User, group: Group, child: Resident
) -> None:
    given = give_consent(child, child.guardians.get().guardian, **square_text())
    row = meet_up(group, TODAY, NOW.time())
    seat(group, child, NOW)
    Consent.objects.filter(pk=given.pk).update(valid_until=TODAY - timedelta(days=1))
    client, url = as_user(staff_user), f"/groups/{group.pk}/run/dates/{row.pk}/count/"
    opened = client.get(url).context["form"]["opened"].value()
    page = client.post(url, {"came": [child.pk], "guests": 3, "opened": opened})
    assert page.context["form"].non_field_errors()
    assert not Attendance.objects.exists()


def test_whoever_leads_no_more_looks_after_no_date_ahead(
    group: Group, leader: Resident, staff_user: User, now: datetime
) -> None:
    meet_up(group, AHEAD)
    children.put_on_duty(now)
    own = group.leaderships.get()
    leading.end_leadership(leadership=own, by=staff_user, now=now)
    assert not Duty.objects.exists()
