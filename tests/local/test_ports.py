"""No two portals on one port: not beside a server that lets others in, and not two at once."""

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from diedie_edu.local.place import REPOSITORY
from diedie_edu.local.ports import HOST, claimed
from diedie_edu.local.say import Failed

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="names without a file are Linux's")


def listening(*options: int) -> socket.socket:
    server = socket.socket()
    for option in options:
        server.setsockopt(socket.SOL_SOCKET, option, 1)
    server.bind((HOST, 0))
    server.listen()
    return server


@pytest.fixture(params=[(), (socket.SO_REUSEADDR, socket.SO_REUSEPORT)])
def taken(request: pytest.FixtureRequest) -> Iterator[int]:
    """A port at which somebody listens, as any server does and as granian does."""
    with listening(*request.param) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free() -> int:
    with listening() as server:
        return server.getsockname()[1]


def test_a_port_that_somebody_has_is_refused_with_the_way_out(taken: int) -> None:
    with pytest.raises(Failed) as refusal, claimed(taken):
        pass
    assert f"make run PORT={taken + 1}" in refusal.value.chinese
    assert f"make run PORT={taken + 1}" in refusal.value.english


def test_a_server_that_lets_others_in_would_have_let_us_in() -> None:
    """The control: without the question both listen, and nobody is told."""
    both = (socket.SO_REUSEADDR, socket.SO_REUSEPORT)
    with listening(*both) as first, socket.socket() as second:
        for option in both:
            second.setsockopt(socket.SOL_SOCKET, option, 1)
        second.bind(first.getsockname())
        second.listen()


@linux_only
def test_of_two_that_start_at_once_one_is_refused(free: int) -> None:
    """Neither listens yet."""
    with claimed(free):
        with pytest.raises(Failed) as refusal, claimed(free):
            pass
        assert str(free) in refusal.value.english
    with claimed(free):
        pass


def test_the_server_listens_at_the_port_that_is_claimed(free: int) -> None:
    with claimed(free), socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind((HOST, free))
        server.listen()


def test_a_service_manager_is_told(taken: int) -> None:
    command = [sys.executable, "-m", "diedie_edu.local.ports", HOST, str(taken)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"端口 {taken} 不能使用" in done.stderr


def test_a_service_manager_may_go_on(free: int) -> None:
    command = [sys.executable, "-m", "diedie_edu.local.ports", HOST, str(free)]
    assert subprocess.run(command, cwd=REPOSITORY).returncode == 0
