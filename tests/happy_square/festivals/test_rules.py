"""The running order: times that follow, and what does not work out; no database."""

from datetime import timedelta

import pytest

from happy_square.models import FestivalInvitation, FestivalItem, Group
from happy_square.rules import festivals, running_order
from tests.conftest import NOW
from tests.support.refusals import code_of, refusal_of

MINUTE = timedelta(minutes=1)


def items(*pairs: tuple[int, int | None]) -> list[FestivalItem]:
    """Minutes and the group's number of each."""
    return [
        FestivalItem(title=f"节目{place}", minutes=minutes, invitation_id=group, place=place)
        for place, (minutes, group) in enumerate(pairs, start=1)
    ]


def begins(rows: list[FestivalItem]) -> list[int]:
    """Minutes after the beginning."""
    slots = running_order.running_order(rows, NOW, 10)
    return [int((slot.starts_at - NOW) / MINUTE) for slot in slots]


def test_each_item_begins_when_the_one_before_it_ends() -> None:
    assert begins(items((5, None), (8, 1), (12, 2))) == [0, 5, 13]


def test_the_times_follow_an_item_that_moves_or_changes_its_length() -> None:
    rows = items((5, None), (8, 1), (12, 2))
    rows[1].minutes = 3
    assert begins([rows[2], rows[0], rows[1]]) == [0, 12, 17]


@pytest.mark.parametrize(
    ("between", "is_too_soon"), [([], True), ([9], True), ([10], False), ([5, 5], False)]
)
def test_a_group_that_is_on_twice_needs_time_to_change(
    between: list[int], is_too_soon: bool
) -> None:
    rows = items((5, 1), *((minutes, 2 + n) for n, minutes in enumerate(between)), (6, 1))
    *_others, last = running_order.running_order(rows, NOW, 10)
    assert (last.too_soon is not None) == is_too_soon


def test_items_of_no_group_need_no_time_to_change() -> None:
    slots = running_order.running_order(items((5, None), (5, None)), NOW, 10)
    assert [slot.too_soon for slot in slots] == [None, None]


@pytest.mark.parametrize(("lasts", "over"), [(20, 0), (19, 1), (25, 0)])
def test_items_that_run_beyond_the_end_are_counted_in_minutes(lasts: int, over: int) -> None:
    slots = running_order.running_order(items((8, 1), (12, 2)), NOW, 10)
    assert running_order.minutes_over(slots, NOW + lasts * MINUTE) == over


def test_without_items_nothing_runs_over() -> None:
    assert running_order.minutes_over([], NOW) == 0


@pytest.mark.parametrize(
    ("minutes", "code"), [(0, "minutes"), (1, None), (120, None), (121, "minutes")]
)
def test_an_item_takes_up_to_two_hours(minutes: int, code: str | None) -> None:
    assert code_of(lambda: running_order.check_minutes(minutes)) == code


@pytest.mark.parametrize(
    ("standing", "code"),
    [("active", None), ("resting", "not_active"), ("suspended", "not_active")],
)
def test_groups_that_meet_can_be_asked(standing: str, code: str | None) -> None:
    asked = Group(title="舞队", standing=standing)
    assert code_of(lambda: festivals.check_can_be_asked(asked)) == code


@pytest.mark.parametrize(
    ("state", "code"),
    [("open", None), ("accepted", None), ("declined", None), ("withdrawn", "withdrawn")],
)
def test_an_answer_may_change_while_the_invitation_stands(state: str, code: str | None) -> None:
    row = FestivalInvitation(state=state)
    assert code_of(lambda: festivals.check_can_answer(row)) == code


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("open", None),
        ("accepted", None),
        ("declined", "not_invited"),
        ("withdrawn", "not_invited"),
    ],
)
def test_the_running_order_has_groups_that_may_come(state: str, code: str | None) -> None:
    row = FestivalInvitation(state=state)
    assert code_of(lambda: festivals.check_takes_part(row)) == code


def test_one_rehearses_before_the_festival() -> None:
    assert refusal_of(lambda: festivals.check_rehearsal(NOW, NOW)) is None
    late = refusal_of(lambda: festivals.check_rehearsal(NOW + MINUTE, NOW))
    assert late == ("late", "day")
