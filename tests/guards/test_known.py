"""What is kept of guards from one machine to the next, and which tests are tried first."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.guards import known
from tests.guards.known import Collected
from tests.guards.naming import MOST, Speaking

PLACE = "tests/test_access.py::test_is_missing"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SEEN", "NONE"):
        file = tmp_path / name
        file.touch()
        monkeypatch.setattr(known, name, file)
    return tmp_path / "SEEN"


def test_what_was_seen_elsewhere_stays_until_another_test_sees_it(kept: Path) -> None:
    kept.write_text("lock:a\tone\nlock:b\ttwo\nlock:gone\tthree\n")
    results: Any = SimpleNamespace(seen_by={"lock:a": ["four", "E"]})
    known.remember({"lock:a": True, "lock:b": True, "own:c": False}, results)
    assert kept.read_text() == "lock:a\tfour\nlock:b\ttwo\n"
    assert known.no_guards() == {"own:c"}


def test_a_test_is_found_again_when_rows_before_it_were_added() -> None:
    now = [f"{PLACE}[a-missing34]", f"{PLACE}[b-missing35]", f"{PLACE}[c]"]
    assert Collected(now).called(f"{PLACE}[b-missing34]") == [f"{PLACE}[b-missing35]"]
    assert Collected(now).called(f"{PLACE}[a-missing34]") == [f"{PLACE}[a-missing34]"]
    assert Collected(now).called(f"{PLACE}[d]") == []


def test_a_test_is_found_again_under_another_name() -> None:
    now = [f"{PLACE}[a]", f"{PLACE}_too[a]", f"{PLACE}_too[b]", PLACE]
    assert Collected(now).called("tests/test_access.py::test_before[a]") == now[:2]
    assert Collected(now).called("tests/test_before.py::test_is_missing[a]") == []
    assert Collected(now).called("tests/test_access.py::test_before") == []


def one_room_has_one_booking() -> None:
    """Says venue_holds_one_booking."""


def another() -> None:
    pass


def test_who_speaks_of_a_guard_comes_first_in_its_own_words(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('ONE = "venue_holds_one_booking"')

    def item(name: str, function: Any) -> Any:
        return SimpleNamespace(nodeid=name, function=function, path=module)

    items = [
        item("far", another),
        item("near", one_room_has_one_booking),
        item("nearest[venue_holds_one_booking0]", another),
        *(item(f"more{number}", another) for number in range(MOST)),
    ]
    found = Speaking(items).of("constraint:venues_booking.venue_holds_one_booking")
    assert found[:3] == ["nearest[venue_holds_one_booking0]", "near", "far"]
    assert len(found) == MOST
    assert Speaking(items).of("constraint:venues_booking.another_guard") == []
