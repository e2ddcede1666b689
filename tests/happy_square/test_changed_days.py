"""Days that change, as groups and their members see them; feeds of calendars."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.days import close_day, hold_again
from diedie_edu.activities.actions.reminders import plan_reminders
from diedie_edu.activities.models import Activity, Occasion, ReminderTime, SignUp
from diedie_edu.activities.queries.changed_days import Choice, planned_on, undecided_days
from diedie_edu.notices.models import Chat, Notice
from diedie_edu.notices.outbox.chats import letter_to
from diedie_edu.people.models import Resident
from diedie_edu.portal.calendar.actions import renew_feed
from diedie_edu.venues.models import SpecialDay
from happy_square.models import Group, MeetUp, Trial
from tests.conftest import NOW
from tests.support.groups import make_group, meet_up, member
from tests.support.robots import make_robot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def group() -> Group:
    return make_group(title="榕树舞蹈队")


def kinds_told() -> set[str]:
    return set(Notice.objects.values_list("kind", flat=True))


def test_a_closed_day_calls_a_date_off_in_own_words_and_the_group_stands(
    group: Group, resident_user: User, make_resident: Callable[..., Resident]
) -> None:
    row = meet_up(group, TUESDAY)
    member(group, resident_user.resident)
    guest = make_resident(account=None)
    Trial.objects.create(occasion=row, resident=guest, asked_at=NOW)
    close_day(day=TUESDAY, reason="台风", by=None, now=NOW)
    assert Activity.objects.get(pk=group.pk).state == Activity.State.PUBLISHED
    assert MeetUp.objects.get(pk=row.pk).off_reason == "台风"
    assert kinds_told() == {"happy_square.called_off"}
    told = Notice.objects.filter(channel="sms").values_list("recipient", flat=True)
    assert list(told) == [guest.pk]
    SpecialDay.objects.all().delete()
    hold_again(occasions=[row.pk], by=None, now=NOW)
    assert MeetUp.objects.get(pk=row.pk).off_reason == ""
    assert "happy_square.held_again" in kinds_told()


def test_a_group_chat_hears_of_it_without_the_reason(group: Group) -> None:
    robot = make_robot(Chat.FEISHU, NOW, alerts=["called_off"], programme="happy-square")
    meet_up(group, TUESDAY)
    close_day(day=TUESDAY, reason="台风", by=None, now=NOW)
    text = letter_to(robot.notices.get()).text
    assert text.startswith("【叠二社区】取消：榕树舞蹈队，11月24日")
    assert "台风" not in text


def test_on_a_holiday_entered_late_each_group_is_proposed_what_it_has_chosen(group: Group) -> None:
    meet_up(group, TUESDAY)
    always = make_group(on_holidays=True)
    meet_up(always, TUESDAY, starts=time(8))
    first = {row.activity.pk: row.choices[0] for row in planned_on(TUESDAY, "off", NOW)}
    assert first == {group.pk: Choice.CALL_OFF, always.pk: Choice.KEEP}
    SpecialDay.objects.create(day=TUESDAY, kind="off")
    assert undecided_days(NOW) == [TUESDAY]


def test_the_feed_of_a_group_and_that_of_a_member_hold_its_dates(
    group: Group, resident_user: User
) -> None:
    meet_up(group, TUESDAY)
    assert "榕树舞蹈队" in Client().get(f"/activities/{group.pk}/calendar.ics").text
    member(group, resident_user.resident)
    token = renew_feed(by=resident_user, now=NOW)
    assert "榕树舞蹈队" in Client().get(f"/calendar/feeds/{token}.ics").text


def test_the_common_calendar_leaves_the_dates_of_groups_to_their_own_page(group: Group) -> None:
    meet_up(group, TUESDAY)
    assert "榕树舞蹈队" not in Client().get("/calendar/").text
    assert "榕树舞蹈队" not in Client().get("/programmes/happy-square/calendar.ics").text


def test_members_are_reminded_where_they_want_to_be(
    group: Group, resident_user: User, stranger: User
) -> None:
    times = {"audience": "seated", "minutes_before": 60 * 48, "channels": ["inbox"]}
    ReminderTime.objects.create(programme=group.programme, **times)
    meet_up(group, TUESDAY)
    wants = member(group, resident_user.resident)
    member(group, stranger.resident)
    early = NOW.replace(day=1)
    SignUp.objects.update(seated_at=early)
    SignUp.objects.filter(pk=wants.pk).update(wants_reminders=True)
    plan_reminders(NOW)
    [notice] = Notice.objects.all()
    assert (notice.kind, notice.recipient) == ("happy_square.reminder", resident_user.resident)
    assert Occasion.objects.count() == 1
