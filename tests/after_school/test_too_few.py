"""Too few adults with the children: every step down is told, and others are asked to stand in."""

import pytest
from django.urls import reverse

from after_school.actions import short_staffed
from after_school.models import StaffNeed
from after_school.queries import roster
from diedie_edu.activities.models import Occasion
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.notices.outbox.inbox import deliver_inbox
from diedie_edu.volunteering.actions.roster import assign_slot, free_slot, send_home
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.support.afternoons import at, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def homework_today(session, homework) -> Occasion:
    """Two adults are needed in it today."""
    StaffNeed.objects.create(zone=homework, weekday=1, adults=2, children_per_adult=10)
    return Occasion.objects.get(zone_day__session=session, zone_day__zone=homework)


@pytest.fixture
def two(homework_today, make_volunteer) -> list[Duty]:
    """They are on duty since half past four."""
    duties = [Duty.at(homework_today, make_volunteer(), Duty.Work.TUTOR) for _adult in range(2)]
    for duty in duties:
        duty.signed_in_at = at(16, 30)
        duty.save()
    return duties


def heard() -> list[tuple[int, int]]:
    """What text messages on their way say."""
    return [(row.data["filled"], row.data["needed"]) for row in told("short_staffed")]


def test_every_step_down_is_told_by_text_message(two, staff_user):
    short_staffed.plan_short_staffed(at(17))
    assert heard() == []
    send_home(duty=two[0], by=staff_user, now=at(17, 5))
    short_staffed.plan_short_staffed(at(17, 5))
    short_staffed.plan_short_staffed(at(17, 6))
    assert heard() == [(1, 2)]
    send_home(duty=two[1], by=staff_user, now=at(17, 10))
    short_staffed.plan_short_staffed(at(17, 10))
    assert heard() == [(0, 2)]  # what said more has been stopped
    assert Notice.objects.filter(kind="after_school.short_staffed", channel="desk").count() == 2
    [message] = told("short_staffed")
    assert str(two[0].occasion.zone_day.zone.venue) in render(message, "zh-hans").sms


def test_a_second_drop_out_starts_again(two, make_volunteer, staff_user):
    send_home(duty=two[0], by=staff_user, now=at(17, 5))
    short_staffed.plan_short_staffed(at(17, 5))
    free = Duty.objects.get(volunteer=None)
    assign_slot(duty=free, volunteer=make_volunteer(), by=staff_user, now=at(17, 20))
    assert short_staffed.plan_short_staffed(at(17, 20)) == 0
    assert heard() == []
    send_home(duty=two[1], by=staff_user, now=at(17, 30))
    short_staffed.plan_short_staffed(at(17, 30))
    assert heard() == [(1, 2)]


def test_whoever_has_gone_home_is_not_counted_on_the_roster_either(two, staff_user):
    send_home(duty=two[0], by=staff_user, now=at(17, 5))
    filled = lambda now: roster.roster_between(TODAY, TODAY, now)[0].filled  # noqa: E731
    assert filled(at(17, 5)) == 1
    assert filled(at(19)) == 2  # of what is over it says who served


def test_two_at_once_tell_it_once(two, staff_user):
    send_home(duty=two[0], by=staff_user, now=at(17, 5))
    [row] = roster.zones_to_watch(at(17, 5), at(19))
    assert short_staffed._follow(row, [staff_user.pk], at(17, 5)) > 0
    assert short_staffed._follow(row, [staff_user.pk], at(17, 6)) == 0


def test_nothing_to_say_costs_one_query(two, staff_user, django_assert_num_queries):
    send_home(duty=two[0], by=staff_user, now=at(17, 5))
    short_staffed.plan_short_staffed(at(17, 5))
    with django_assert_num_queries(1):
        short_staffed.plan_short_staffed(at(17, 6))


def test_the_register_says_that_adults_are_too_few(two, session, staff_user, client, frozen):
    frozen(at(17, 6))
    client.force_login(staff_user)
    page = lambda: client.get(  # noqa: E731
        reverse("after_school:session", args=[session.pk])
    ).content.decode()
    assert "需要 2 位" not in page()
    send_home(duty=two[0], by=staff_user, now=at(17, 5))
    assert "需要 2 位大人，现在只有 1 位" in page()


@pytest.mark.parametrize("leave", [send_home, free_slot])
def test_whoever_is_asked_after_the_start_is_asked(leave, two, make_volunteer, staff_user):
    """A message whose time is over would not go out."""
    make_volunteer()
    if leave is free_slot:  # who never came
        Duty.objects.update(signed_in_at=None)
    leave(duty=two[0], by=staff_user, now=at(17, 5))
    asked = Notice.objects.filter(kind="after_school.stand_in")
    assert asked.count() == 2  # in the portal and by text message
    deliver_inbox(at(17, 6))
    assert not asked.filter(status="expired").exists()
    assert {row.expires_at for row in asked} == {at(19)}
