"""What tells rows apart that read alike: the least, and only where it is needed."""

from dataclasses import dataclass

import pytest

from diedie_edu.common.alike import told_apart


@dataclass(frozen=True)
class Row:
    pk: int
    name: str
    month: str = ""
    phone: str = ""


FACTS = (lambda row: row.month, lambda row: row.phone)


def told(*rows: Row) -> dict[int, str]:
    return told_apart(rows, lambda row: row.name, FACTS)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], {}),
        ([Row(1, "王"), Row(2, "李")], {}),
        ([Row(1, "王", "3"), Row(1, "王", "3")], {}),
        ([Row(1, "王", "3", "5678"), Row(2, "王", "4", "1234")], {1: "3", 2: "4"}),
        ([Row(1, "王", "3", "5678"), Row(2, "王", "3", "1234")], {1: "5678", 2: "1234"}),
        ([Row(1, "王", "3"), Row(2, "王")], {1: "3", 2: ""}),
        (
            [Row(1, "王", "3", "5"), Row(2, "王", "3", "6"), Row(3, "王", "4", "6")],
            {1: "3 · 5", 2: "3 · 6", 3: "4 · 6"},
        ),
        ([Row(1, "王", "3", "5"), Row(2, "王", "3", "5")], {1: "编号1", 2: "编号2"}),
        (
            [Row(1, "王", "3"), Row(2, "王", "3"), Row(3, "王", "4"), Row(4, "李")],
            {1: "3 · 编号1", 2: "3 · 编号2", 3: "4 · 编号3"},
        ),
    ],
)
def test_as_much_is_told_as_it_takes(rows, words):
    assert told(*rows) == words
