import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from diedie_edu.local.place import Place, held
from diedie_edu.local.say import Failed

HOLD = """
import time
with held(place, wait=False):
    print("held", flush=True)
    time.sleep({seconds})
"""
Start = Callable[[str], subprocess.Popen[str]]


def test_a_second_supervisor_is_refused_and_told_who_holds_the_place(
    place: Place, start_python: Start
) -> None:
    first = start_python(HOLD.format(seconds=60))
    with pytest.raises(Failed) as refusal, held(place, wait=False):
        pass
    assert str(first.pid) in refusal.value.chinese


def test_a_patient_one_waits_until_the_first_has_gone(
    place: Place, start_python: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    start_python(HOLD.format(seconds=0.5))
    with held(place, wait=True):
        assert "Waiting for an earlier run" in capsys.readouterr().out


def test_a_killed_supervisor_holds_nothing(place: Place, start_python: Start) -> None:
    start_python(HOLD.format(seconds=60)).kill()
    with held(place, wait=True):
        pass


def test_sockets_fit_however_deep_the_clone_lies() -> None:
    deep = Place(Path("/home") / ("long-name/" * 40), durable=False)
    assert len(bytes(deep.sockets / ".s.PGSQL.5432")) < 100


def test_two_places_share_no_sockets_and_no_queue(tmp_path: Path) -> None:
    one, other = Place(tmp_path / "one", durable=True), Place(tmp_path / "other", durable=True)
    assert one.sockets != other.sockets
    assert one.queue != other.queue


def test_a_sockets_folder_of_somebody_else_is_not_trusted(place: Place) -> None:
    place.sockets.symlink_to("/")
    try:
        with pytest.raises(Failed):
            place.make_sockets()
    finally:
        place.sockets.unlink()
