"""With whom a child goes home, by the actions; the database's own guards are tried elsewhere."""

from datetime import time, timedelta

import pytest

from after_school.actions import handing_over, passes
from after_school.actions.corrections import take_back_leaving
from after_school.models import Collector, CollectorPass, Presence, PresenceEvent
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(staff_user):
    return {"by": staff_user, "now": NOW + timedelta(minutes=5)}


@pytest.fixture
def code(child, term, mother) -> str:
    """Of a pass for today."""
    return passes.make_pass(
        child=child, term=term, day=TODAY, full_name="王阿姨", phone="", by=mother, now=NOW
    )[1]


def log() -> list[str]:
    return list(PresenceEvent.objects.values_list("what", flat=True))


def told(kind: str) -> list[Notice]:
    return list(Notice.objects.filter(kind=f"after_school.{kind}", channel="inbox"))


def test_a_child_is_handed_over_once_and_its_guardian_is_told_to_whom(presence, collector, by):
    for _tap in range(2):
        handing_over.hand_over(**of(presence), collector=collector, how="known", **by)
    gone = Presence.objects.get()
    assert gone.collector == collector
    assert gone.left_by == by["by"]
    assert log() == ["left"]
    [notice] = told("handed_over")
    assert notice.data["who"] == "李梅"
    assert notice.data["when_at"] == "2026-11-23T10:05:00+08:00"


def test_a_guardian_is_told_that_the_child_walks_home(presence, walk_home, by):
    handing_over.let_walk_home(**of(presence), permission=walk_home, **by)
    assert told("handed_over") == []
    [notice] = told("walked_home")
    assert notice.data["when_at"] == "2026-11-23T10:05:00+08:00"


def test_the_second_tablet_learns_with_whom_the_child_has_left(presence, collector, walk_home, by):
    handing_over.hand_over(**of(presence), collector=collector, how="known", **by)
    alone = lambda: handing_over.let_walk_home(**of(presence), permission=walk_home, **by)  # noqa: E731
    assert code_of(alone) == "left"
    assert Presence.objects.get().collector == collector


def test_a_barred_collector_is_refused_and_the_try_is_logged(presence, collector, mother, by):
    Collector.objects.update(barred_at=NOW, barred_by=mother, barred_reason="法院裁定")
    go = lambda: handing_over.hand_over(  # noqa: E731
        **of(presence), collector=collector, how="known", **by
    )
    assert code_of(go) == "barred"
    assert Presence.objects.get().is_inside
    assert log() == ["refused"]


def test_nobody_collects_outside_their_days(presence, collector, by):
    Collector.objects.update(valid_from=TODAY + timedelta(days=1))
    go = lambda: handing_over.hand_over(  # noqa: E731
        **of(presence), collector=collector, how="known", **by
    )
    assert code_of(go) == "not_today"


@pytest.mark.parametrize("how", ["", "code", "permission", "nothing"])
def test_staff_say_how_they_know_who_it_is(presence, collector, by, how):
    go = lambda: handing_over.hand_over(**of(presence), collector=collector, how=how, **by)  # noqa: E731
    assert code_of(go) == "unchecked"


def test_the_six_digits_of_a_pass_open_the_door_once(presence, code, by):
    handing_over.hand_over_by_code(**of(presence), code=code, **by)
    assert Presence.objects.get().went_with == "王阿姨"
    again = lambda: handing_over.hand_over_by_code(**of(presence), code=code, **by)  # noqa: E731
    assert code_of(again) == "left"


def test_wrong_digits_count_and_five_of_them_end_the_pass(presence, code, by):
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    guess = lambda digits: handing_over.hand_over_by_code(**of(presence), code=digits, **by)  # noqa: E731
    assert [code_of(lambda: guess(wrong)) for _try in range(5)] == ["code"] * 5
    assert CollectorPass.objects.get().tries == 5
    assert code_of(lambda: guess(code)) == "code"
    assert Presence.objects.get().is_inside
    assert log() == ["refused"] * 6


def test_a_child_walks_home_with_a_permission_of_the_day(presence, walk_home, by):
    handing_over.let_walk_home(**of(presence), permission=walk_home, **by)
    assert Presence.objects.get().walk_home == walk_home


def test_a_hand_over_taken_back_leaves_the_child_inside_and_its_pass_good(presence, code, by):
    gone = handing_over.hand_over_by_code(**of(presence), code=code, **by)
    take_back_leaving(presence=gone, seen=gone.left_at, reason="认错人", **by)
    assert Presence.objects.get().is_inside
    assert len(told("hand_over_taken_back")) == 1
    assert log() == ["left", "unleft"]
    handing_over.hand_over_by_code(**of(presence), code=code, **by)
    assert not Presence.objects.get().is_inside


def test_guardians_learn_that_somebody_barred_came(presence, collector, by):
    handing_over.note_refusal(presence=presence, collector=collector, **by)
    assert [row.data["who"] for row in told("refused")] == ["李梅"]


def test_a_child_leaves_after_it_came(presence, collector, by):
    five = moment(TODAY, time(17, 0))
    presence.__class__.objects.update(arrived_at=five)
    early = {"at": five - timedelta(minutes=1), "how": "known", **by, "now": five}
    go = lambda: handing_over.hand_over(**of(presence), collector=collector, **early)  # noqa: E731
    assert code_of(go) == "before"
