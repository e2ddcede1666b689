"""Who may take a seat, give it back, and what may be moved or called off; no database."""

from datetime import datetime, timedelta

import pytest

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.rules import schedule, sign_up
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.support.refusals import code_of

SECOND = timedelta(seconds=1)
OPENS, CLOSES = NOW - timedelta(days=1), NOW + timedelta(days=5)
NEIGHBOUR = Resident(residency="permanent")


def activity(**fields: object) -> Activity:
    """Announced, and open for sign-up at `NOW`."""
    window = {"sign_up_opens_at": OPENS, "sign_up_closes_at": CLOSES}
    return Activity(**({"state": "published", "capacity": 20} | window | fields))


def refusal(row: Activity, resident: Resident = NEIGHBOUR, now: datetime = NOW) -> str | None:
    refused = refusal_of(sign_up.check_sign_up, row, resident, now)
    return refused.code if refused else None


def test_an_open_activity_takes_a_neighbour() -> None:
    sign_up.check_sign_up(activity(), NEIGHBOUR, NOW)
    assert refusal(activity()) is None


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (OPENS - SECOND, "not_open_yet"),
        (OPENS, None),
        (CLOSES - SECOND, None),
        (CLOSES, "closed"),
        (CLOSES + SECOND, "closed"),
    ],
)
def test_the_window_is_half_open(now: datetime, code: str | None) -> None:
    assert refusal(activity(), now=now) == code


def test_a_draft_takes_nobody() -> None:
    assert refusal(activity(state="draft")) == "draft"


def test_what_is_called_off_says_why() -> None:
    row = activity(state="called_off", call_off_reason="台风停课")
    with pytest.raises(Refused, match="台风停课") as refused:
        sign_up.check_sign_up(row, NEIGHBOUR, NOW)
    assert refused.value.code == "called_off"


@pytest.mark.parametrize(
    ("residency", "code"), [("permanent", None), ("worker", None), ("outside", "outside")]
)
def test_seats_are_for_those_who_live_or_work_here(residency: str, code: str | None) -> None:
    assert refusal(activity(), Resident(residency=residency)) == code


def test_a_child_whose_consent_has_ended_takes_no_seat() -> None:
    locked = Resident(residency="permanent", erase_due_on=NOW.date())
    assert refusal(activity(), locked) == "locked"


def test_a_full_activity_is_no_refusal_but_a_queue() -> None:
    assert refusal(activity(capacity=20, taken=20)) is None


def test_the_first_reason_is_the_one_that_lasts() -> None:
    """Called off is said before closed, closed before who may come."""
    over = activity(state="called_off", call_off_reason="x")
    assert refusal(over, Resident(residency="outside"), CLOSES) == "called_off"
    assert refusal(activity(), Resident(residency="outside"), CLOSES) == "closed"


@pytest.mark.parametrize(
    ("before", "code"), [(SECOND, None), (timedelta(0), "begun"), (-SECOND, "begun")]
)
def test_a_seat_is_given_back_until_the_start(before: timedelta, code: str | None) -> None:
    starts_at = NOW + before
    assert code_of(lambda: sign_up.check_cancel(activity(), starts_at, NOW)) == code
    assert sign_up.can_cancel(activity(), starts_at, NOW) is (code is None)


def test_nothing_is_given_back_of_what_is_called_off() -> None:
    off = activity(state="called_off", call_off_reason="台风停课")
    assert not sign_up.can_cancel(off, NOW + SECOND, NOW)


@pytest.mark.parametrize(("capacity", "code"), [(5, None), (4, "below_taken"), (6, None)])
def test_seats_never_fall_below_those_taken(capacity: int, code: str | None) -> None:
    row = activity(taken=5, capacity=8)
    assert code_of(lambda: sign_up.check_capacity(row, capacity)) == code


@pytest.mark.parametrize(
    ("state", "ends_in", "code"),
    [
        ("published", SECOND, None),
        ("draft", SECOND, None),
        ("published", timedelta(0), "over"),
        ("called_off", SECOND, "called_off"),
        ("called_off", -SECOND, "called_off"),
    ],
)
def test_calling_off_is_for_what_is_not_over(
    state: str, ends_in: timedelta, code: str | None
) -> None:
    row = activity(state=state, call_off_reason="x")
    assert code_of(lambda: schedule.check_can_be_called_off(row, NOW + ends_in, NOW)) == code


@pytest.mark.parametrize(
    ("state", "starts_in", "code"),
    [
        ("draft", SECOND, None),
        ("published", SECOND, None),
        ("draft", timedelta(0), "past"),
        ("called_off", SECOND, "called_off"),
    ],
)
def test_only_what_lies_ahead_is_announced(
    state: str, starts_in: timedelta, code: str | None
) -> None:
    row, starts_at = activity(state=state, call_off_reason="x"), NOW + starts_in
    assert code_of(lambda: schedule.check_can_be_announced(row, starts_at, NOW)) == code


@pytest.mark.parametrize(
    ("is_called_off", "was_in", "will_be_in", "code"),
    [
        (False, SECOND, SECOND, None),
        (False, timedelta(0), SECOND, "begun"),
        (False, SECOND, timedelta(0), "past"),
        (False, SECOND, -SECOND, "past"),
        (True, SECOND, SECOND, "called_off"),
    ],
)
def test_only_what_lies_ahead_moves_and_only_ahead(
    is_called_off: bool, was_in: timedelta, will_be_in: timedelta, code: str | None
) -> None:
    occasion = Occasion(starts_at=NOW + was_in, is_called_off=is_called_off)
    assert code_of(lambda: schedule.check_move(occasion, NOW + will_be_in, NOW)) == code
