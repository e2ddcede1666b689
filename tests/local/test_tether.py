import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

POOL = """
import multiprocessing, time
if __name__ == "__main__":
    multiprocessing.Process(target=time.sleep, args=[600]).start()
    print("ready", flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_forked_workers_die_with_their_parent(
    tmp_path: Path, start_python: Callable[[str], subprocess.Popen[str]]
) -> None:
    (tmp_path / "pool.py").write_text(POOL)
    parent = start_python(
        f"""
import sys
from diedie_edu.local.tether import become
sys.path.insert(0, {str(tmp_path)!r})
become(["pool"])
"""
    )
    workers = psutil.Process(parent.pid).children()
    assert len(workers) == 1
    parent.kill()
    parent.wait()
    assert psutil.wait_procs(workers, timeout=30)[1] == []
