"""What is shown at a festival, and in which order."""

import pytest

from diedie_edu.notices.models import Notice
from happy_square.actions import running_order
from happy_square.actions.running_order import ItemPlan
from happy_square.queries.festivals import order_of
from tests.conftest import NOW
from tests.support.festivals import invited, item
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db


def titles(festival) -> list[str]:
    return [one.title for one in festival.items.order_by("place")]


def test_an_item_goes_behind_the_others(festival) -> None:
    item(festival, 5)
    running_order.add_item(festival=festival, plan=ItemPlan("大合唱", 8), now=NOW)
    assert titles(festival) == ["节目1", "大合唱"]


def test_a_group_that_has_said_no_has_no_item(festival, group, staff_user) -> None:
    row = invited(festival, group, staff_user)
    row.state = "declined"
    plan = ItemPlan("大合唱", 8, row)
    add = {"festival": festival, "plan": plan, "now": NOW}
    assert code_of(lambda: running_order.add_item(**add)) == "not_invited"


@pytest.mark.parametrize(
    ("which", "up", "expected"),
    [
        (1, True, ["节目2", "节目1", "节目3"]),
        (1, False, ["节目1", "节目3", "节目2"]),
        (0, True, ["节目1", "节目2", "节目3"]),
        (2, False, ["节目1", "节目2", "节目3"]),
    ],
)
def test_items_move_by_one_place(festival, which: int, up: bool, expected: list[str]) -> None:
    rows = [item(festival, 5) for _number in range(3)]
    running_order.move_item(item=rows[which], up=up, now=NOW)
    assert titles(festival) == expected


def test_a_gap_left_by_one_that_was_removed_does_no_harm(festival) -> None:
    rows = [item(festival, 5) for _number in range(3)]
    running_order.remove_item(item=rows[1], now=NOW)
    running_order.move_item(item=rows[2], up=True, now=NOW)
    assert titles(festival) == ["节目3", "节目1"]


def test_a_longer_item_moves_those_behind_it(festival) -> None:
    first, _second = item(festival, 5), item(festival, 5)
    before = order_of(festival)[1].starts_at
    running_order.change_item(item=first, plan=ItemPlan("开场", 12), now=NOW)
    assert (order_of(festival)[1].starts_at - before).total_seconds() == 7 * 60


def test_each_group_hears_of_its_own_times_and_of_the_same_once(
    festival, group, leader, staff_user
) -> None:
    row = invited(festival, group, staff_user)
    own = item(festival, 5, row)
    assert running_order.send_running_order(festival=festival, now=NOW) > 0
    assert running_order.send_running_order(festival=festival, now=NOW) == 0
    notice = Notice.objects.filter(kind="happy_square.festival_order").first()
    assert notice.recipient == leader
    assert own.title in notice.data["items"]
    item(festival, 5, row)
    assert running_order.send_running_order(festival=festival, now=NOW) > 0
