"""Slow phones and quick visitors at the server of `make run`, with the former one as a control."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from diedie_edu.common.one_at_a_time import OneAtATime
from diedie_edu.local.place import REPOSITORY
from diedie_edu.local.ports import HOST
from diedie_edu.local.process import Child
from diedie_edu.local.run import answers, web_command
from tests.support.slow_phones import MOST, PIECE, PIECES

PHONES = 12  # several at each of the two workers
SOON = 5.0  # seconds, on a busy machine; behind the former server they wait for ever
Phone = socket.socket


@contextmanager
def served(application: str, folder: Path, **more: int) -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = web_command(port, f"tests.support.slow_phones:{application}", **more)
    tethered = [sys.executable, "-m", "diedie_edu.local.tether", *command]
    with Child("web", tethered, folder / "web.log", env={**os.environ}, cwd=REPOSITORY) as child:
        child.await_answer(lambda: child.log.read_text().count("Started worker-") == 2)
        child.await_answer(lambda: answers(port))
        yield port


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with served("new", tmp_path_factory.mktemp("new")) as port:
        yield port


def uploading(port: int) -> Phone:
    """It announces a megabyte, and has sent a little of it."""
    phone = socket.create_connection((HOST, port))
    phone.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + b"a" * 1000)
    return phone


def downloading(port: int) -> Phone:
    """It asks for a large answer, and takes none of it."""
    phone = socket.socket()
    phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    phone.connect((HOST, port))
    phone.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    return phone


def asking(port: int) -> Phone:
    """It has sent the beginning of a request."""
    phone = socket.create_connection((HOST, port))
    phone.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-Dripped: a")
    return phone


@pytest.mark.parametrize("slow", [uploading, downloading, asking])
def test_quick_visitors_do_not_wait_for_slow_phones(slow, port: int) -> None:
    with slow_phones(slow, port):
        assert all(seconds_of_a_visit(port) < SOON for _ in range(10))


@pytest.mark.parametrize("slow", [uploading, downloading])
def test_behind_the_former_server_they_would_wait(slow, tmp_path: Path) -> None:
    with served("old", tmp_path, threads=1) as port, slow_phones(slow, port):
        assert any(seconds_of_a_visit(port) >= SOON for _ in range(10))


@contextmanager
def slow_phones(slow, port: int) -> Iterator[None]:
    with ExitStack() as stack:
        for _ in range(PHONES):
            stack.enter_context(closing(slow(port)))
        time.sleep(0.3)
        yield


def seconds_of_a_visit(port: int) -> float:
    """How long an answer takes; `SOON` if it has not come by then."""
    began = time.monotonic()
    with closing(http.client.HTTPConnection(HOST, port, timeout=SOON)) as visitor:
        try:
            visitor.request("GET", "/")
            assert visitor.getresponse().read() == b"0 0"
        except TimeoutError:
            return SOON
    return time.monotonic() - began


def test_what_comes_slowly_comes_whole(port: int) -> None:
    with closing(uploading(port)) as phone:
        for _ in range(999):
            phone.sendall(b"a" * 1000)
            time.sleep(0.0005)
        assert phone.recv(1000).endswith(b"1000000 97000000")


def test_what_is_taken_slowly_is_whole(port: int) -> None:
    whole = PIECE * PIECES + b"the end"
    with closing(downloading(port)) as phone:
        head, _, taken = phone.recv(1000).partition(b"\r\n\r\n")
        assert b"content-length: %d" % len(whole) in head.lower()
        while not taken.endswith(b"the end"):
            taken += phone.recv(1024 * 1024)
    assert taken == whole


def test_an_upload_that_is_too_large_is_not_waited_for(port: int) -> None:
    with closing(socket.create_connection((HOST, port), timeout=SOON)) as phone:
        phone.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (MOST + 1))
        assert phone.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_the_portal_is_served_so() -> None:
    program = "from diedie_edu.wsgi import application; print(type(application).__name__)"
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert said.stdout.split() == [OneAtATime.__name__], said.stderr
