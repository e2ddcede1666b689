"""Every kind of message of every programme: who hears by which way, as the table says."""

import pytest

from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Channel
from tests.support.who_hears import WHO, rows

ROWS = {row.code: row for row in rows()}
KINDS = {kind.code: kind for kind in parts_of(Kind)}
both = pytest.mark.parametrize("code", sorted(ROWS.keys() & KINDS.keys()))


def test_every_kind_stands_in_the_table_and_nothing_else() -> None:
    """Say in tests/support/who_hears.py who hears of a new one."""
    assert sorted(KINDS) == sorted(ROWS)
    assert all(row.who and row.who <= WHO for row in ROWS.values())


@both
def test_it_goes_by_the_ways_of_the_table(code: str) -> None:
    kind, row = KINDS[code], ROWS[code]
    ways = {Channel.INBOX: "i", Channel.SMS: "s", Channel.EMAIL: "e"}
    if row.who == {"number"}:  # nobody's account or mailbox is known
        assert row.ways == "s"
    else:
        in_chats = "g" if kind.group else ""
        assert row.ways == "".join(ways[channel] for channel in kind.channels) + in_chats


@both
def test_staff_ring_whom_it_does_not_reach_where_the_table_says_so(code: str) -> None:
    kind, row = KINDS[code], ROWS[code]
    if row.who != {"number"}:
        assert (row.call == "call") == (kind.is_called and Channel.SMS in kind.channels)


@both
def test_staff_choose_it_unless_a_child_is_in_danger(code: str) -> None:
    kind, row = KINDS[code], ROWS[code]
    always = "always" if kind.urgent or kind.alarm else "-"
    assert row.choice == (kind.sort.code if kind.sort else always)
    if "staff" in row.who:
        assert row.choice != "-", "a staff person can neither choose it nor rely on it"
    if kind.urgent:
        assert kind.sort is None, "what rings at night is no choice"


def test_a_kind_without_a_row_is_found() -> None:
    """Negative control: one more, and the table no longer says it all."""
    assert sorted({**KINDS, "tests.new": None}) != sorted(ROWS)


def test_a_sort_has_one_label() -> None:
    sorts = {kind.sort for kind in KINDS.values() if kind.sort}
    assert len({sort.code for sort in sorts}) == len(sorts)
