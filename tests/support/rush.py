"""A rush of clients over HTTP: hundreds of visits at the same moment, from one process.

Standard library alone: one loop over non-blocking sockets takes about 0.1 ms of CPU a request,
so on a machine it shares with the server the client is not what is measured. Every request
has a connection of its own; connections that stay open pile up on one of the server's workers.
"""

import selectors
import socket
import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlencode

Address = tuple[str, int]


@dataclass(frozen=True)
class Answer:
    """What came back; `status` is 0 where the connection broke. `seconds` runs from the
    opening of the connection to its last byte."""

    status: int
    seconds: float
    raw: bytes

    @property
    def body(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[2]

    @property
    def form_token(self) -> str:
        """The token of the page's first form that protects against forged requests."""
        start = self.raw.index(b'name="csrfmiddlewaretoken" value="') + 34
        return self.raw[start : self.raw.index(b'"', start)].decode()


Visit = Generator[bytes, Answer, None]
"""Yields one request after the other, and is sent the answer to each."""


def get(path: str, cookies: Mapping[str, str] | None = None) -> bytes:
    return _request(f"GET {path} HTTP/1.1", cookies or {})


def post(path: str, form: Mapping[str, str], cookies: Mapping[str, str]) -> bytes:
    body = urlencode(form).encode()
    kind = ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return _request(f"POST {path} HTTP/1.1", cookies, kind) + body


def _request(line: str, cookies: Mapping[str, str], more: Sequence[str] = ()) -> bytes:
    jar = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = ["Host: 127.0.0.1", "Connection: close", *more, *([f"Cookie: {jar}"] if jar else [])]
    return "\r\n".join([line, *headers, "", ""]).encode()


def once(request: bytes) -> Visit:
    """A visit of one request."""
    yield request


def rush(
    address: Address, visits: Iterable[Visit], at_once: int, patience: float = 60
) -> list[Answer]:
    """Make all visits, `at_once` of them at any moment; the answers in the order they came.

    Raises `TimeoutError` where nothing at all happens for `patience` seconds.
    """
    coming, answers = iter(visits), []
    with selectors.DefaultSelector() as selector:
        for visit in islice(coming, at_once):
            _open(selector, address, visit, next(visit))
        while selector.get_map():
            ready = selector.select(patience)
            if not ready:
                raise TimeoutError(f"{len(selector.get_map())} clients got no answer")
            for key, _events in ready:
                call: _Call = key.data
                answer = call.go_on()
                if answer is not None:
                    selector.unregister(call.connection)
                    call.connection.close()
                    answers.append(answer)
                    _next(selector, address, call.visit, answer, coming)
                elif key.events != call.awaits:
                    selector.modify(call.connection, call.awaits, call)
    return answers


def _next(
    selector: selectors.BaseSelector,
    address: Address,
    visit: Visit,
    answer: Answer,
    coming: Iterable[Visit],
) -> None:
    """The visit's next request, or the next visit's first."""
    try:
        _open(selector, address, visit, visit.send(answer))
    except StopIteration:
        for new in islice(coming, 1):
            _open(selector, address, new, next(new))


def _open(selector: selectors.BaseSelector, address: Address, visit: Visit, request: bytes) -> None:
    connection = socket.socket()
    connection.setblocking(False)
    call = _Call(connection, visit, request)
    connection.connect_ex(address)
    selector.register(connection, call.awaits, call)


@dataclass
class _Call:
    """One request on its way, over its own connection."""

    connection: socket.socket
    visit: Visit
    unsent: bytes
    received: bytearray = field(default_factory=bytearray)
    started: float = field(default_factory=time.perf_counter)

    @property
    def awaits(self) -> int:
        return selectors.EVENT_WRITE if self.unsent else selectors.EVENT_READ

    def go_on(self) -> Answer | None:
        """Send or receive what is possible; the answer once the server has closed."""
        try:
            if self.unsent:
                self.unsent = self.unsent[self.connection.send(self.unsent) :]
                return None
            chunk = self.connection.recv(262144)
        except BlockingIOError:
            return None
        except OSError:
            return self._answer()
        if chunk:
            self.received += chunk
            return None
        return self._answer()

    def _answer(self) -> Answer:
        raw = bytes(self.received)
        status = int(raw[9:12]) if raw.startswith(b"HTTP/1.") else 0
        return Answer(status, time.perf_counter() - self.started, raw)
