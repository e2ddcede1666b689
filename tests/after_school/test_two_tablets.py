"""Two tablets on one afternoon at once: nothing is lost, doubled or left unsaid."""

from collections.abc import Iterator
from datetime import time, timedelta
from itertools import count
from random import Random

import pytest
from django.db import transaction

from after_school.actions import handing_over, presence, sessions
from after_school.actions.corrections import take_back_arrival, take_back_leaving
from after_school.actions.handing_over import hand_over
from after_school.actions.presence import change_zone, let_in
from after_school.actions.sessions import close_session
from after_school.models import Collector, Presence, PresenceEvent, Session
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.races import all_look_first, meanwhile, together, trigger_off
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
FIVE = moment(TODAY, time(17, 0))
# From which stand to which each step of the log leads.
STEPS = {
    "arrived": ("out", "in"),
    "unarrived": ("in", "out"),
    "zone": ("in", "in"),
    "left": ("in", "gone"),
    "unleft": ("gone", "in"),
}


@pytest.fixture
def children(make_child, enrol_child):
    """Four of them, each with a grandfather who may collect too."""
    enrolments = [enrol_child(make_child(full_name=f"小{word}")) for word in "一二三四"]
    for row in enrolments:
        mother = row.child.collectors.get()
        Collector.objects.create(
            child=row.child,
            full_name="爷爷",
            phone="13900000000",
            relation="爷爷",
            valid_from=TODAY,
            named_by=mother.named_by,
            named_at=NOW,
        )
    return enrolments


class Tablet:
    """Somebody who taps at random, a second later each time."""

    def __init__(self, session, enrolments, by, seed: int):
        self.session, self.enrolments, self.by = session, enrolments, by
        self.random, self.seconds = Random(seed), count()
        self.zones = list(session.term.zones.all())

    def tap(self, times: int) -> int:
        """How many of the taps were no refusal."""
        return sum(self._one() for _tap in range(times))

    def _one(self) -> bool:
        enrolment = self.random.choice(self.enrolments)
        now = FIVE + timedelta(seconds=next(self.seconds))
        given = {"by": self.by, "now": now}
        row = Presence.objects.filter(session=self.session, child=enrolment.child_id).first()
        try:
            self._do(enrolment, row, given)
        except Refused:
            return False
        return True

    def _do(self, enrolment, row, given) -> None:
        what = self.random.choice(("in", "in", "zone", "out", "out", "unleft", "unarrived"))
        zone = self.random.choice(self.zones)
        if what == "in" or row is None:
            let_in(session=self.session, enrolment=enrolment, zone=zone, **given)
        elif what == "zone":
            change_zone(presence=row, zone=zone, **given)
        elif what == "out":
            whom = self.random.choice(enrolment.child.collectors.all())
            hand_over(**of(row), collector=whom, how="known", **given)
        elif what == "unleft" and row.left_at:
            take_back_leaving(presence=row, seen=row.left_at, reason="错", **given)
        elif what == "unarrived" and row.arrived_at:
            take_back_arrival(presence=row, seen=row.arrived_at, reason="错", **given)


def replay(row: Presence) -> Iterator[str]:
    """The stands of a child as its log tells them; each step fits the one before."""
    stand = "out"
    for event in row.events.order_by("pk"):
        before, after = STEPS[event.what]
        assert stand == before, f"{event.what} after {stand}"
        stand = after
        yield stand


def stand_of(row: Presence) -> str:
    if row.left_at:
        return "gone"
    return "in" if row.arrived_at else "out"


def test_two_hundred_taps_at_once_lose_no_hand_over_and_leave_a_whole_log(
    session, children, make_user, staff_user
):
    other = make_user()
    tablets = [Tablet(session, children, by, seed) for seed, by in enumerate([staff_user, other])]
    done = together(*(lambda tablet=tablet: tablet.tap(100) for tablet in tablets))
    assert min(done) > 20
    for row in Presence.objects.all():
        assert [*replay(row)][-1] == stand_of(row)
    assert set(PresenceEvent.objects.values_list("by", flat=True)) == {staff_user.pk, other.pk}
    left = PresenceEvent.objects.filter(what="left").count()
    told = Notice.objects.filter(kind="after_school.handed_over", channel="inbox").count()
    assert left == told > 0


def go_home_twice(row: Presence, by) -> list[bool]:
    """Two tablets hand a child to two people at the same moment; who was not refused."""
    collectors = list(row.child.collectors.all())

    def leave(collector: Collector) -> bool:
        return not code_of(
            lambda: hand_over(**of(row), collector=collector, how="known", by=by, now=FIVE)
        )

    return together(*(lambda collector=person: leave(collector) for person in collectors))


@pytest.fixture
def inside(session, children, homework, staff_user) -> Presence:
    return let_in(session=session, enrolment=children[0], zone=homework, by=staff_user, now=FIVE)


def test_a_child_goes_with_one_of_two_people(inside, staff_user):
    assert sorted(go_home_twice(inside, staff_user)) == [False, True]
    assert PresenceEvent.objects.filter(what="left").count() == 1


def test_without_the_lock_a_hand_over_is_lost(inside, staff_user, monkeypatch):
    """The control: both tablets are told that the child is theirs."""
    unlocked = lambda session, child: Presence.objects.filter(  # noqa: E731
        session=session, child=child
    ).select_related("child")
    monkeypatch.setattr(presence, "_rows", unlocked)
    all_look_first(monkeypatch, handing_over, "lock_presence_at", threads=2)
    assert go_home_twice(inside, staff_user) == [True, True]


def close_behind_an_arrival(session, enrolment, by) -> str | None:
    """Somebody closes the afternoon while a child's arrival is not yet written for good."""
    zone, given = enrolment.zone, {"by": by, "now": FIVE}
    with transaction.atomic():
        let_in(session=session, enrolment=enrolment, zone=zone, **given)
        closing = meanwhile(
            lambda: code_of(lambda: close_session(session=session, reason="停电", **given))
        )
    return closing.result()


def test_whoever_arrives_while_the_session_closes_is_seen(session, children, staff_user):
    assert close_behind_an_arrival(session, children[0], staff_user) == "inside"
    assert Session.objects.get().is_open


def test_without_the_locks_an_afternoon_closes_over_a_child_inside(
    session, children, staff_user, monkeypatch
):
    """The control."""
    monkeypatch.setattr(sessions, "SHARED", sessions.SHARED.replace(" FOR SHARE", ""))
    # Who was not expected has no row that closing would write, and wait for.
    children[0].weekdays = [3]
    children[0].save()
    with (
        trigger_off(Presence, "presence_is_checked_when_changed"),
        trigger_off(Session, "a_session_closes_when_no_child_is_inside"),
    ):
        assert close_behind_an_arrival(session, children[0], staff_user) is None
    assert Presence.objects.get(arrived_at__isnull=False).is_inside
    assert Session.objects.get().state == Session.State.CLOSED


def test_nobody_arrives_at_a_session_that_has_just_closed(session, children, homework, staff_user):
    by = {"by": staff_user, "now": FIVE}
    come = lambda: let_in(  # noqa: E731
        session=session, enrolment=children[0], zone=homework, **by
    )
    with transaction.atomic():
        close_session(session=session, reason="停电", **by)
        arriving = meanwhile(lambda: code_of(come))
    assert arriving.result() == "closed"
    assert not Presence.objects.filter(arrived_at__isnull=False).exists()
