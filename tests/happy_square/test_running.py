"""The page from which a group is run, by its leader or by staff on their behalf."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, AttendanceUndone, Occasion, SignUp
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from diedie_edu.venues.models import Booking
from happy_square.actions import dates
from happy_square.models import Group, MeetUp
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.groups import TODAY, lead, make_group, make_place, meet_up, member, weekly

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def group() -> Group:
    return make_group(title="榕树舞蹈队")


@pytest.fixture
def leader(group: Group, resident_user: User) -> User:
    lead(group, resident_user.resident)
    return resident_user


@pytest.fixture
def page(leader: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(leader)


@pytest.fixture
def dancer(group: Group, stranger: User) -> SignUp:
    """A member who wants reminders."""
    row = member(group, stranger.resident)
    SignUp.objects.filter(pk=row.pk).update(wants_reminders=True)
    return row


def url(group: Group, rest: str = "") -> str:
    return f"/groups/{group.pk}/run/{rest}"


def told(kind: str) -> list[tuple[str, int]]:
    rows = Notice.objects.filter(kind=f"happy_square.{kind}").exclude(status="cancelled")
    return sorted(rows.values_list("channel", "recipient"))


def test_a_leader_runs_the_own_group_and_no_other(page: Client, group: Group) -> None:
    assert page.get(url(group)).status_code == 200
    assert page.get(url(make_group())).status_code == 404


def test_staff_run_any_group_on_behalf(
    staff_user: User, as_user: Callable[[User], Client], group: Group
) -> None:
    row = meet_up(group, TOMORROW)
    answer = as_user(staff_user).post(url(group, f"dates/{row.pk}/confirm/"))
    assert answer.status_code == 302
    assert MeetUp.objects.get(pk=row.pk).confirmed_by == staff_user


def test_a_date_of_another_group_is_not_found(page: Client, group: Group) -> None:
    other = meet_up(make_group(), TOMORROW)
    for rest in ("confirm", "move", "call-off", "hold-again", "note", "count", "sheet"):
        assert page.post(url(group, f"dates/{other.pk}/{rest}/")).status_code in {404, 405}


def test_the_number_of_queries_does_not_grow_with_the_dates(page: Client, group: Group) -> None:
    meet_up(group, TOMORROW)
    few = queries_of(page, url(group))
    for number in range(2, 5):
        meet_up(group, TODAY + timedelta(days=number))
    assert queries_of(page, url(group)) == few


# --- As usual --------------------------------------------------------------------------


def test_all_as_usual_in_one_tap_and_members_read_it_without_their_phones_ringing(
    page: Client, group: Group, dancer: SignUp
) -> None:
    meet_up(group, TOMORROW)
    later = meet_up(group, TODAY + timedelta(days=9))
    page.post(url(group, "announce/"), {"words": "请穿红衣服"})
    assert list(MeetUp.objects.values_list("words", flat=True)) == ["请穿红衣服", ""]
    assert MeetUp.objects.get(pk=later.pk).is_usual
    assert {channel for channel, _who in told("week")} == {"inbox"}
    notice = Notice.objects.get(kind="happy_square.week", channel="inbox")
    assert "11月24日（周二） 19:30 榕树广场" in notice.data["dates_zh"]


def test_nothing_to_confirm_is_said(page: Client, group: Group) -> None:
    answer = page.post(url(group, "announce/"), follow=True)
    assert "七天" in answer.text


def test_as_last_week_in_one_tap(page: Client, group: Group, dancer: SignUp) -> None:
    meet_up(group, TODAY - timedelta(days=3), words="带扇子")
    page.post(url(group, "repeat/"))
    [again] = MeetUp.objects.filter(occasion__starts_at__gt=NOW).select_related("occasion")
    assert again.occasion.starts_at == moment(TODAY + timedelta(days=4), time(19, 30))
    assert (again.is_usual, again.words) == (False, "带扇子")
    page.post(url(group, "repeat/"))
    assert MeetUp.objects.count() == 2


# --- One date --------------------------------------------------------------------------


def test_moving_tells_everybody_and_texts_those_who_want_reminders(
    page: Client, group: Group, dancer: SignUp
) -> None:
    row = meet_up(group, TOMORROW)
    form = {"day": TOMORROW, "starts": "20:00", "ends": "21:00", "venue": row.venue_id}
    opened = page.get(url(group, f"dates/{row.pk}/move/")).context["form"]["opened"].value()
    page.post(url(group, f"dates/{row.pk}/move/"), form | {"opened": opened})
    assert Occasion.objects.get(pk=row.pk).starts_at == moment(TOMORROW, time(20))
    assert {channel for channel, _who in told("moved")} == {"inbox", "sms"}
    assert Notice.objects.filter(kind="activities.moved").count() == 0


def test_a_room_that_is_taken_is_refused_with_the_nearest_free_times(
    page: Client, group: Group
) -> None:
    row, other = meet_up(group, TOMORROW), meet_up(make_group(), TODAY + timedelta(days=2))
    form = {
        "day": TODAY + timedelta(days=2),
        "starts": "19:30",
        "ends": "21:00",
        "venue": other.venue_id,
    }
    opened = page.get(url(group, f"dates/{row.pk}/move/")).context["form"]["opened"].value()
    answer = page.post(url(group, f"dates/{row.pk}/move/"), form | {"opened": opened})
    assert "最近" in answer.text


def test_called_off_in_two_taps_and_held_after_all(
    page: Client, group: Group, dancer: SignUp
) -> None:
    row = meet_up(group, TOMORROW)
    choice = page.get(url(group, f"dates/{row.pk}/call-off/")).text
    assert "雨天停练" in choice
    page.post(url(group, f"dates/{row.pk}/call-off/"), {"reason": "雨天停练"})
    off = MeetUp.objects.select_related("occasion").get(pk=row.pk)
    assert (off.occasion.is_called_off, off.off_reason) == (True, "雨天停练")
    assert ("sms", dancer.resident_id) in told("called_off")
    page.post(url(group, f"dates/{row.pk}/hold-again/"))
    assert not Occasion.objects.get(pk=row.pk).is_called_off
    assert ("inbox", dancer.resident_id) in told("held_again")
    assert Notice.objects.get(kind="happy_square.called_off", channel="sms").status == "cancelled"


def test_one_more_date(page: Client, group: Group) -> None:
    form = {"day": TOMORROW, "starts": "08:00", "ends": "09:00", "venue": make_place().pk}
    page.post(url(group, "dates/new/"), form)
    assert not MeetUp.objects.get().is_usual


def test_a_free_time_is_taken_in_the_place_of_a_date_without_a_room(
    page: Client, group: Group
) -> None:
    usual, square = weekly(group), make_place()
    at = moment(date(2026, 11, 24), time(19))
    hour = timedelta(hours=1)
    Booking.objects.create(venue=square, purpose="讲座", starts_at=at, ends_at=at + hour)
    dates.make_dates(NOW)
    [kept] = page.get(url(group)).context["kept_out"]
    free = kept.free[0].starts_at
    form = {"time": usual.pk, "day": kept.date.day, "starts_at": free.isoformat()}
    page.post(url(group, "free/"), form)
    page.post(url(group, "free/"), form)
    made = MeetUp.objects.select_related("occasion").get(usual_day=date(2026, 11, 24))
    assert made.occasion.starts_at == free
    past = form | {"day": date(2026, 12, 1), "starts_at": (NOW - hour).isoformat()}
    page.post(url(group, "free/"), past)
    assert not Occasion.objects.filter(starts_at__lt=NOW).exists()
    assert page.get(url(group)).context["kept_out"] == []


def test_what_was_done_is_read_on_the_groups_page(page: Client, group: Group) -> None:
    row = meet_up(group, TODAY - timedelta(days=1))
    address = url(group, f"dates/{row.pk}/note/")
    opened = page.get(address).context["form"]["opened"].value()
    page.post(address, {"note": "学了扇子舞第一段", "opened": opened})
    assert "学了扇子舞第一段" in Client().get(f"/groups/{group.pk}/").text


# --- Headcount -------------------------------------------------------------------------


def counted(page: Client, group: Group, row: Occasion, came: list[int], guests: int) -> None:
    address = url(group, f"dates/{row.pk}/count/")
    opened = page.get(address).context["form"]["opened"].value()
    page.post(address, {"came": came, "guests": guests, "opened": opened})


def test_members_by_a_tap_and_guests_by_their_number(
    page: Client, group: Group, dancer: SignUp, leader: User
) -> None:
    row = meet_up(group, TODAY, time(10, 15))
    counted(page, group, row, [dancer.resident_id], 3)
    seen = MeetUp.objects.get(pk=row.pk)
    assert (seen.guests, seen.counted_by) == (3, leader)
    entry = Attendance.objects.get()
    assert (entry.resident_id, entry.how, entry.recorded_by) == (dancer.resident_id, "list", leader)
    counted(page, group, row, [], 4)
    assert Attendance.objects.count() == 0
    assert AttendanceUndone.objects.get().undone_by == leader


def test_staff_type_the_sheet_in_later_and_are_named(
    staff_user: User, as_user: Callable[[User], Client], group: Group, dancer: SignUp
) -> None:
    row, page = meet_up(group, TODAY - timedelta(days=1)), as_user(staff_user)
    assert "点名单" in page.get(url(group, f"dates/{row.pk}/sheet/")).text
    counted(page, group, row, [dancer.resident_id], 0)
    entry = Attendance.objects.get()
    assert (entry.how, entry.recorded_by) == ("sheet", staff_user)
    assert entry.arrived_at == row.starts_at


def test_nobody_is_counted_who_is_not_on_the_list(
    page: Client, group: Group, make_resident: Callable[..., Resident]
) -> None:
    row = meet_up(group, TODAY, time(10, 15))
    counted(page, group, row, [make_resident().pk], 1)
    assert Attendance.objects.count() == 0


def test_two_who_count_at_once_take_nothing_back_of_each_other(
    page: Client, group: Group, dancer: SignUp, make_resident: Callable[..., Resident]
) -> None:
    row, other = meet_up(group, TODAY, time(10, 15)), member(group, make_resident())
    address = url(group, f"dates/{row.pk}/count/")
    old = page.get(address).context["form"]["opened"].value()
    counted(page, group, row, [dancer.resident_id], 0)
    late = {"came": [other.resident_id], "guests": 0, "opened": old}
    assert page.post(address, late).status_code == 200
    assert Attendance.objects.get().resident_id == dancer.resident_id
