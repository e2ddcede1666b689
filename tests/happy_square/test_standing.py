"""A group rests, is suspended, answers, goes on and ends."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from diedie_edu.venues.actions.requests import Wish, reserve
from diedie_edu.venues.models import Booking
from happy_square.actions import standing
from happy_square.models import Group, MeetUp, StandingChange
from happy_square.queries.groups import listed
from happy_square.queries.rooms import groups_of
from tests.support.groups import lead, make_group, make_place, meet_up, member, weekly
from tests.support.refusals import code_of, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
UNTIL, LATER = date(2026, 12, 20), date(2026, 12, 8)


@pytest.fixture
def group(make_resident: Callable[..., Resident]) -> Group:
    group = make_group(title="榕树舞蹈队")
    weekly(group)
    lead(group, make_resident(full_name="周领队"))
    member(group, make_resident())
    return group


@pytest.fixture
def who(staff_user: User, now: datetime) -> dict[str, object]:
    return {"by": staff_user, "now": now}


def heard(code: str) -> int:
    return Notice.objects.filter(kind=f"happy_square.{code}", channel="inbox").count()


def test_a_suspended_group_is_out_of_sight_and_keeps_its_rooms_for_a_week(
    group: Group, who: dict, client: Client, now: datetime
) -> None:
    meet_up(group, LATER)
    told = {"reason": "音响过大，多次投诉", "until": UNTIL}
    standing.suspend(group=group, **told, **who)
    standing.suspend(group=group, **told, **who)
    assert not listed()
    assert "音响" not in client.get(f"/groups/{group.pk}/").text
    assert (heard("suspended"), heard("put_right")) == (1, 1)
    standing.free_rooms(now + timedelta(days=6, hours=23))
    assert Booking.objects.filter(is_off=False).count() == 1
    standing.free_rooms(now + timedelta(days=7))
    assert not Booking.objects.filter(is_off=False).exists()
    assert group.standings.count() == 1


def test_its_answer_is_heard_once_and_only_staff_let_it_go_on(
    group: Group, who: dict, make_user: Callable[..., User]
) -> None:
    lead_user = make_user("programme_lead", scope="happy-square")
    said = {"group": group, "words": "已换小音箱", **who}
    assert code_of(lambda: standing.answer(**said)) == "not_suspended"
    standing.suspend(group=group, reason="扰民", until=UNTIL, **who)
    standing.answer(**said)
    assert code_of(lambda: standing.answer(**said)) == "answered"
    notice = Notice.objects.get(kind="happy_square.answered", channel="inbox")
    assert (notice.account, notice.data["word"]) == (lead_user, "已换小音箱")
    assert code_of(lambda: standing.go_on(group=group, is_staff=False, **who)) == "staff"
    assert code_of(lambda: standing.rest(group=group, reason="歇", **who)) == "suspended"
    standing.go_on(group=group, is_staff=True, **who)
    assert list(listed()) == [group]
    assert group.state == "published"
    assert heard("goes_on") == 1


def test_a_resting_group_lets_its_dates_go_and_makes_them_anew(
    group: Group, who: dict, now: datetime
) -> None:
    meet_up(group, LATER)
    standing.rest(group=group, reason="天冷，歇一个月", **who)
    assert not group.occasions.filter(starts_at__gt=now).exists()
    assert group.sign_up_closes_at == now
    assert list(listed()) == [group]
    standing.go_on(group=group, is_staff=False, **who)
    assert MeetUp.objects.filter(group=group).count() == 8


def test_what_has_ended_keeps_its_page_and_past_dates(
    group: Group, who: dict, client: Client, now: datetime
) -> None:
    meet_up(group, date(2026, 11, 17))
    meet_up(group, LATER)
    standing.end(group=group, reason="队员都搬走了", **who)
    assert group.occasions.count() == 1
    assert not listed()
    assert "已经结束" in client.get(f"/groups/{group.pk}/").text
    assert code_of(lambda: standing.rest(group=group, reason="歇", **who)) == "ended"
    standing.go_on(group=group, is_staff=True, **who)
    history = group.standings.order_by("pk").values_list("standing", flat=True)
    assert list(history) == ["ended", "active"]


@pytest.mark.parametrize("until", [None, date(2026, 11, 23)])
def test_a_suspension_has_an_end_and_a_reason(group: Group, who: dict, until: date | None) -> None:
    suspend = standing.suspend
    assert code_of(lambda: suspend(group=group, reason="x", until=until, **who)) == "no_end"
    assert code_of(lambda: suspend(group=group, reason=" ", until=UNTIL, **who)) == "no_reason"


def test_the_database_keeps_the_history_of_a_group(group: Group, who: dict) -> None:
    standing.suspend(group=group, reason="扰民", until=UNTIL, **who)
    with refused_by("history_of_a_group_stays"):
        StandingChange.objects.update(reason="别的")
    with refused_by("suspended_group_answers_at_a_time"):
        StandingChange.objects.update(answer="改好了")
    with refused_by("change_of_standing_has_a_reason"):
        row = {"group": group, "standing": "resting", "at": who["now"], "by": who["by"]}
        StandingChange.objects.create(**row)
    with refused_by("who_does_not_meet_has_a_reason"):
        Group.objects.update(standing_until=None)


def test_rooms_that_a_suspended_group_had_asked_for_are_free_after_a_week_too(
    group: Group, who: dict, staff_user: User, now: datetime
) -> None:
    """Whatever its name is by then; and it asks for no other meanwhile."""
    [asker] = groups_of(staff_user)
    wish = Wish(group.title, "排练", programme=group.programme, asker=asker.key)
    at = moment(LATER, time(9))
    wanted = Booking(venue=make_place(), starts_at=at, ends_at=at + timedelta(hours=1))
    reserve(wish=wish, wanted=[wanted], **who)
    Group.objects.filter(pk=group.pk).update(title="榕树艺术团")
    standing.suspend(group=group, reason="扰民", until=UNTIL, **who)
    assert groups_of(staff_user) == []
    standing.free_rooms(now + timedelta(days=6, hours=23))
    assert not Booking.objects.get().is_off
    standing.free_rooms(now + timedelta(days=7))
    assert Booking.objects.get().is_off
