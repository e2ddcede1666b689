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
from diedie_edu.people.models import ChildAccess, Clearance, Consent, Resident, Volunteer
from diedie_edu.volunteering.models import Duty
from happy_square.actions import children, leading
from happy_square.models import Group, Trial
from happy_square.models.children import GATE
from tests.conftest import NOW
from tests.support.children import NINE, consent_text, consented, give_consent
from tests.support.groups import TODAY, lead, make_group, meet_up, member
from tests.support.refusals import code_of, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AHEAD = date(2026, 11, 29)


@pytest.fixture
def leader(make_resident: Callable[..., Resident], staff_user: User) -> Resident:
    resident = make_resident(full_name="喻小雪")
    check(resident, staff_user)
    return resident


def check(resident: Resident, staff: User, until: date = date(2027, 6, 1)) -> Clearance:
    volunteer, _new = Volunteer.objects.get_or_create(resident=resident, kinds=["community"])
    return Clearance.objects.create(
        volunteer=volunteer,
        result="clear",
        checked_on=date(2026, 6, 1),
        valid_until=until,
        checked_by=staff,
    )


@pytest.fixture
def group(leader: Resident) -> Group:
    group = make_group(title="小叠舞", takes_children=True)
    lead(group, leader)
    return group


def square_text() -> dict[str, object]:
    text = consent_text("square")
    type(text).objects.filter(pk=text.pk).update(programme="happy-square")
    text.refresh_from_db()
    return {"text": text}


@pytest.fixture
def child(make_resident: Callable[..., Resident], resident_user: User) -> Resident:
    """Known by the 4:30 school alone."""
    born = Resident.objects.create(full_name="小宝", birth_date=NINE)
    return consented(born, resident_user.resident)


def seat(group: Group, child: Resident, now: datetime) -> SignUp:
    row = {"status": "seated", "signed_up_at": now, "seated_at": now}
    made = SignUp.objects.create(activity=group, resident=child, **row)
    Activity.objects.filter(pk=group.pk).update(taken=1)
    return made


# --- The page --------------------------------------------------------------------------


def test_a_guardian_agrees_to_the_text_for_this_purpose_and_the_child_belongs_to_the_group(
    as_user: Callable[[User], Client], resident_user: User, group: Group, child: Resident
) -> None:
    client, url = as_user(resident_user), f"/groups/{group.pk}/children/"
    text = square_text()["text"]
    assert str(text.purpose) in client.get(url).text
    client.post(url, {"child": child.pk})
    assert not SignUp.objects.exists(), "not without the tick"
    client.post(url, {"child": child.pk, "agreed": "on"})
    assert SignUp.objects.get().resident == child
    given = Consent.objects.get(text=text)
    assert (given.guardian, given.way) == (resident_user.resident, "online")
    client.post(f"{url}{given.pk}/withdraw/")
    assert SignUp.objects.get().status == "cancelled"
    assert not Resident.objects.get(pk=child.pk).is_locked, "the 4:30 school's consent holds"
    heard = Notice.objects.filter(kind="happy_square.consent_ended", channel="inbox")
    assert resident_user.resident.pk in heard.values_list("recipient", flat=True)


def test_a_new_child_is_entered_with_the_consent_and_nobody_of_14_is_one(
    as_user: Callable[[User], Client], resident_user: User, group: Group
) -> None:
    square_text()
    client, url = as_user(resident_user), f"/groups/{group.pk}/children/"
    told = {"child": "new", "full_name": "小满", "relation": "mother", "agreed": "on"}
    assert "birth_date" in client.post(url, told).context["form"].errors
    page = client.post(url, told | {"birth_date": "2010-01-01"})
    assert "birth_date" in page.context["form"].errors
    client.post(url, told | {"birth_date": "2018-03-04"})
    assert SignUp.objects.get().resident.full_name == "小满"


def test_staff_type_in_the_paper_of_a_guardian_without_a_phone(
    as_user: Callable[[User], Client], staff_user: User, group: Group
) -> None:
    square_text()
    told = {"child": "new", "full_name": "小满", "relation": "mother", "birth_date": "2018-03-04"}
    paper = {"guardian_name": "王妈妈", "phone": "13800007771", "paper_reference": "柜2"}
    as_user(staff_user).post(f"/groups/{group.pk}/children/paper/", told | paper | {"agreed": "1"})
    consent = Consent.objects.get()
    assert (consent.guardian.full_name, consent.way) == ("王妈妈", "paper")
    assert SignUp.objects.get().resident == consent.child


def test_strangers_withdraw_nothing_and_other_groups_have_no_such_page(
    as_user: Callable[[User], Client], stranger: User, group: Group, child: Resident
) -> None:
    given = give_consent(child, child.guardians.get().guardian, **square_text())
    client = as_user(stranger)
    url = f"/groups/{group.pk}/children/{given.pk}/withdraw/"
    assert client.post(url).status_code == 404
    assert client.get(f"/groups/{make_group().pk}/children/").status_code == 404


def test_in_every_other_group_nobody_under_14_joins_by_the_page_of_the_family(
    as_user: Callable[[User], Client], make_user: Callable[..., User], child: Resident
) -> None:
    mother = make_user("resident")
    give_home = {"household": Resident.objects.get(pk=child.pk).household}
    assert give_home["household"] is None
    client, grown = as_user(mother), make_group()
    client.post(f"/groups/{grown.pk}/join/", {"resident": child.pk})
    assert not SignUp.objects.exists()


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
    with refused_by("a_child_is_in_no_group_of_grown_ups"):
        Resident.objects.filter(pk=one.pk).update(birth_date=NINE)


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
    for page in ("members/", f"dates/{occasion.pk}/count/", f"dates/{occasion.pk}/sheet/"):
        assert client.get(f"{url}{page}").status_code == 200
    looked = ChildAccess.objects.filter(child_number=child.pk, viewer=staff_user)
    assert looked.count() == 3


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
