"""Calls to the world outside: each ends within its time, whatever the other side does.

One time for a whole call: looking up the name, the connection, TLS, what we say and every byte
of the answer. A time for each byte alone would let a server that drips hold a worker for ever.
"""

import http.client
import io
import math
import smtplib
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

_ends_at: ContextVar[float] = ContextVar("ends_at", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is called in here ends by then, with a `TimeoutError` where it takes longer.

    A call inside of another has no more time than that one.
    """
    token = _ends_at.set(min(_ends_at.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _ends_at.reset(token)


def left() -> float:
    """Seconds left to the call under way. Raises `TimeoutError` where there are none."""
    seconds = _ends_at.get() - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def connect(host: str, port: int) -> socket.socket:
    """An open connection to the first of the host's addresses that takes one. Raises `OSError`."""
    failed = OSError("no address")
    for *_kind, address in _addresses(host, port):
        try:
            opened = socket.create_connection(address[:2], left())
        except OSError as error:
            failed = error
        else:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return opened
    raise failed


def _addresses(host: str, port: int) -> Any:
    """In a thread of its own: looking up a name knows no limit, and may be left to end alone."""
    found: Future[Any] = Future()

    def look_up() -> None:
        try:
            found.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.set_exception(OSError(type(error).__name__))

    Thread(target=look_up, daemon=True).start()
    return found.result(left())


class _Incoming(io.RawIOBase):
    """What a socket says, each piece within what is left of the call."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.raw = sock, sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self.sock.settimeout(left())
        return self.raw.readinto(buffer)

    def close(self) -> None:
        self.raw.close()
        super().close()


def reader(sock: socket.socket) -> io.BufferedReader:
    """What it says, to be read by lines."""
    return io.BufferedReader(_Incoming(sock))


# --- The web ---------------------------------------------------------------------------


class Answer(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **named: Any) -> None:
        super().__init__(sock, *args, **named)
        self.fp.close()
        self.fp = reader(sock)


class _Http(http.client.HTTPConnection):
    response_class = Answer

    def connect(self) -> None:
        self.sock = connect(self.host, self.port)

    def send(self, data: Any) -> None:
        self.sock.settimeout(left())
        super().send(data)


class _Https(http.client.HTTPSConnection, _Http):
    """Wraps what `_Http` connects."""


def web_connection(url: str) -> http.client.HTTPConnection:
    """An open connection, TLS included; nothing is said yet. Raises `OSError`."""
    parts = urlsplit(url)
    kind = _Https if parts.scheme == "https" else _Http
    connection = kind(parts.hostname or "", parts.port)
    connection.connect()
    return connection


# --- Mail ------------------------------------------------------------------------------


class Smtp(smtplib.SMTP):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return connect(host, port)

    def send(self, s: Any) -> None:
        if self.sock:
            self.sock.settimeout(left())
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        if self.sock and self.file is None:
            self.file = reader(self.sock)
        return super().getreply()


class SmtpOverTls(smtplib.SMTP_SSL, Smtp):
    """Wraps what `Smtp` connects."""
