import signal
import sys
from pathlib import Path

import psutil
import pytest

from diedie_edu.local.process import Child
from diedie_edu.local.say import Failed

DEAF = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "600"])
print(child.pid, flush=True)
time.sleep(600)
"""


def python(tmp_path: Path, program: str, **options: float) -> Child:
    return Child("test", [sys.executable, "-c", program], tmp_path / "log", **options)


def test_a_server_that_does_not_start_is_reported_with_its_log(tmp_path: Path) -> None:
    with (
        pytest.raises(Failed) as failure,
        python(tmp_path, "raise SystemExit('bad luck')") as child,
    ):
        child.await_answer(lambda: False)
    assert "bad luck" in failure.value.chinese


def test_a_server_that_does_not_answer_in_time_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(Failed), python(tmp_path, "import time; time.sleep(600)") as child:
        child.await_answer(lambda: False, seconds=0.1)
    assert child.process.returncode == -signal.SIGTERM


def test_a_deaf_server_is_killed_with_its_own_children(tmp_path: Path) -> None:
    with python(tmp_path, DEAF, patience=0.2) as child:
        child.await_answer(lambda: child.tail() != "")
        grandchild = psutil.Process(int(child.tail()))
    assert child.process.returncode == -signal.SIGKILL
    assert psutil.wait_procs([grandchild], timeout=30)[1] == []


def test_the_log_of_the_last_run_is_kept(tmp_path: Path) -> None:
    for word in ("one", "two", "three"):
        python(tmp_path, f"print('{word}')").process.wait()
    assert (tmp_path / "log").read_text() == "three\n"
    assert (tmp_path / "log.1").read_text() == "two\n"
