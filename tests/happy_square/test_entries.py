"""Members whom the leader writes down by name and phone."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, AttendanceUndone, Occasion, SignUp
from diedie_edu.common.links import token
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions.erasing import erase_person
from diedie_edu.people.models import Resident
from happy_square.actions import entries, meet_ups
from happy_square.models import Group, MeetUp, MemberEntry
from happy_square.queries import leaders
from tests.conftest import NOW
from tests.support.groups import TODAY, lead, make_group, meet_up
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def group() -> Group:
    return make_group(title="榕树舞蹈队")


@pytest.fixture
def leader(group: Group, make_user: Callable[..., User]) -> User:
    found = make_user()
    lead(group, found.resident)
    return found


def url(group: Group, rest: str = "") -> str:
    return f"/groups/{group.pk}/{rest}"


def told(kind: str) -> list[int]:
    rows = Notice.objects.filter(kind=f"happy_square.{kind}", channel="inbox")
    return list(rows.values_list("recipient", flat=True))


def write_down(client: Client, group: Group, name: str, phone: str) -> str:
    form = {"full_name": name, "phone": phone, "since": "2018-03-01"}
    answer = client.post(url(group, "run/members/"), form, follow=True)
    return answer.text.replace(name, "某某")


@pytest.fixture
def known(make_resident: Callable[..., Resident]) -> Resident:
    return make_resident(full_name="黄桂香", phone="13811112222")


@pytest.fixture
def running(leader: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(leader)


def test_the_answer_is_the_same_whether_the_register_knows_them(
    running: Client, group: Group, known: Resident
) -> None:
    seen = []
    for name, phone in (("黄桂香", "13811112222"), ("何美玲", "13833334444")):
        before = write_down(running, group, name, phone)
        entries.look_up(NOW)
        after = running.get(url(group, "run/members/")).text.replace(name, "某某")
        seen.append((_without_tokens(before), _without_tokens(after)))
        MemberEntry.objects.all().delete()
        SignUp.objects.all().delete()
    assert seen[0] == seen[1]


def _without_tokens(text: str) -> list[str]:
    hidden = ("csrfmiddlewaretoken", 'name="entry"', "nonce")
    return [line for line in text.splitlines() if not any(word in line for word in hidden)]


def test_the_page_asks_the_register_nothing(running: Client, group: Group, known: Resident) -> None:
    write_down(running, group, "黄桂香", "13811112222")
    assert (SignUp.objects.count(), told("added")) == (0, [])


def test_whoever_is_found_hears_and_belongs_to_it_unless_they_say_no(
    running: Client, group: Group, known: Resident
) -> None:
    write_down(running, group, "黄桂香", "138 1111 2222")
    assert entries.look_up(NOW) == 1
    assert told("added") == [known.pk]
    row = SignUp.objects.select_related("membership").get()
    assert (row.is_seated, row.membership.since) == (True, date(2018, 3, 1))
    address = f"/groups/membership/{token('membership', row.pk)}/"
    assert Client().get(address).status_code == 200
    Client().post(address, {"do": "no"})
    Client().post(address, {"do": "no"})
    assert SignUp.objects.get().status == "cancelled"
    assert len(told("said_no")) == 1
    entries.look_up(NOW)
    assert MemberEntry.objects.count() == 0


def test_a_forged_link_is_a_missing_page() -> None:
    assert Client().get("/groups/membership/1-00000000000000000000000000000000/").status_code == 404


def test_they_are_counted_on_once_they_agree_or_after_some_days(
    running: Client, group: Group, known: Resident
) -> None:
    write_down(running, group, "黄桂香", "13811112222")
    entries.look_up(NOW)
    assert list(running.get(url(group, "run/members/")).context["members"]) == []
    entries.look_up(NOW + timedelta(days=3, minutes=1))
    shown = running.get(url(group, "run/members/")).context["members"]
    assert [row.resident for row in shown] == [known]


def test_who_is_not_known_is_for_staff(
    running: Client, group: Group, staff_user: User, as_user: Callable[[User], Client]
) -> None:
    write_down(running, group, "何美玲", "13833334444")
    entries.look_up(NOW)
    desk = as_user(staff_user)
    assert "对不上" in desk.get("/desk/").text
    entry = MemberEntry.objects.get()
    assert "何美玲" in desk.get("/groups/entries/").text
    desk.post("/groups/entries/complete/", {"entry": entry.pk})
    person = Resident.objects.get(full_name="何美玲")
    assert SignUp.objects.get().resident == person
    assert told("added") == [person.pk]


def test_staff_enter_nobody_whom_they_cannot_make_sure_of(
    running: Client,
    group: Group,
    leader: User,
    staff_user: User,
    as_user: Callable[[User], Client],
) -> None:
    write_down(running, group, "何美玲", "13833334444")
    entries.look_up(NOW)
    as_user(staff_user).post("/groups/entries/drop/", {"entry": MemberEntry.objects.get().pk})
    assert (MemberEntry.objects.count(), told("said_no")) == (0, [leader.resident.pk])


def test_what_staff_could_not_make_sure_of_in_a_month_goes(running: Client, group: Group) -> None:
    write_down(running, group, "何美玲", "13833334444")
    entries.look_up(NOW)
    entries.look_up(NOW + timedelta(days=31))
    assert (MemberEntry.objects.count(), len(told("said_no"))) == (0, 1)


def test_two_of_one_name_and_phone_are_for_staff_too(
    running: Client, group: Group, known: Resident, make_resident: Callable[..., Resident]
) -> None:
    make_resident(full_name="黄桂香", phone="13811112222")
    write_down(running, group, "黄桂香", "13811112222")
    entries.look_up(NOW)
    assert MemberEntry.objects.get().is_for_staff


def test_no_more_than_some_within_an_hour(running: Client, group: Group, settings: object) -> None:
    settings.GROUP_ENTRIES_PER_HOUR = 1  # type: ignore[attr-defined]
    for number in range(3):
        write_down(running, group, f"何美{'玲丽珍'[number]}", f"1383333444{number}")
    assert MemberEntry.objects.count() == 1


# --- For the first time ----------------------------------------------------------------


def first_time(client: Client, group: Group, name: str, phone: str) -> Occasion:
    row = meet_up(group, TODAY, time(10, 15))
    client.post(url(group, f"run/dates/{row.pk}/newcomer/"), {"full_name": name, "phone": phone})
    entries.look_up(NOW)
    return row


def test_a_newcomer_has_come_and_is_no_member(
    running: Client, group: Group, known: Resident, leader: User
) -> None:
    row = first_time(running, group, "黄桂香", "13811112222")
    came = Attendance.objects.get()
    assert (came.resident, came.how, came.recorded_by) == (known, "walk_in", leader)
    assert SignUp.objects.count() == 0
    page = running.get(url(group, f"run/dates/{row.pk}/count/"))
    assert [entry.full_name for entry in page.context["newcomers"]] == ["黄桂香"]
    assert list(page.context["form"].fields["came"].queryset) == []
    dates = running.get(url(group, "run/")).context["week"]
    assert {date.came for date in dates} == {0}, "nor by a number"
    running.post(
        url(group, f"run/dates/{row.pk}/newcomer/"), {"entry": MemberEntry.objects.get().pk}
    )
    assert (Attendance.objects.count(), MemberEntry.objects.count()) == (0, 0)
    assert AttendanceUndone.objects.get().resident == known


def test_no_newcomer_comes_into_a_register_that_is_closed(
    running: Client, group: Group, staff_user: User
) -> None:
    first_time(running, group, "何美玲", "13833334444")
    entry, late = MemberEntry.objects.get(is_for_staff=True), NOW + timedelta(days=10)
    about = {"entry": entry, "by": staff_user, "now": late}
    assert code_of(lambda: entries.complete(**about)) == "register_closed"
    assert not Attendance.objects.exists()


def test_a_newcomer_whom_nobody_knows_is_for_staff(
    running: Client, group: Group, staff_user: User, as_user: Callable[[User], Client]
) -> None:
    first_time(running, group, "何美玲", "13833334444")
    assert Attendance.objects.count() == 0
    entry = MemberEntry.objects.get(is_for_staff=True)
    as_user(staff_user).post("/groups/entries/complete/", {"entry": entry.pk})
    assert Attendance.objects.get().resident.full_name == "何美玲"


def test_no_list_no_number_and_no_choice_tells_the_leader_whom_the_register_knows(
    running: Client, group: Group, known: Resident, make_user: Callable[..., User]
) -> None:
    """The waiting list, who may be deputy or successor, and how many are told of a date."""
    row = MeetUp.objects.get(pk=meet_up(group, TODAY + timedelta(days=1)).pk)
    known.account = make_user(phone="13811112222")
    Resident.objects.filter(account=known.account).update(account=None)
    known.save()
    write_down(running, group, "黄桂香", "13811112222")
    entries.look_up(NOW)
    assert SignUp.objects.get().is_seated
    assert not leaders.members(group.pk).exists()
    assert not leaders.successors(group.pk).exists()
    about = {"by": known.account, "now": NOW}
    assert meet_ups.announce(group=group, **about) == 0
    assert meet_ups.call_off(meet_up=row, reason="雨天", **about) == 0
    assert meet_ups.hold_again(meet_up=row, **about) == 0
    SignUp.objects.update(status="waiting", seated_at=None)
    assert not running.get(url(group, "run/members/")).context["waiting"]


def test_what_waits_for_staff_goes_with_somebody_who_is_erased(
    running: Client, group: Group, known: Resident, make_resident: Callable[..., Resident]
) -> None:
    make_resident(full_name="黄桂香", phone="13811112222")
    write_down(running, group, "黄桂香", "13811112222")
    entries.look_up(NOW)
    assert MemberEntry.objects.get().is_for_staff
    erase_person(resident=known, now=NOW)
    assert not MemberEntry.objects.exists()
