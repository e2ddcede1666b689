"""A text message gateway on loopback that keeps a ledger and misbehaves on demand.

It speaks the protocol of docs/text-messages.md, but does not recognise a repeated reference:
what our side sends twice, it accepts twice, and the ledger shows it.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit


class Mood(StrEnum):
    """How one request is treated; only the moods named ACCEPT… write into the ledger."""

    ACCEPT = "accept"
    ACCEPT_SLOWLY = "accept slowly"
    ACCEPT_AND_CUT = "accept and cut off"
    ACCEPT_AND_HANG = "accept and hang"
    ACCEPT_AND_BABBLE = "accept and answer without an id"
    FAIL = "500"
    BUSY = "429"
    REFUSE = "422"
    HANG = "hang"
    CUT = "cut off"


SLOW = 0.2  # seconds


class Gateway:
    """Runs in threads of this process; `mood()` is asked anew for every message. Others speak other
    protocols by a `handler` and a `path` of their own."""

    handler: type["Handler"] | None = None
    path = "/messages"
    env: Mapping[str, str] = {"SMS_BACKEND": "http"}

    def __init__(self, mood: Callable[[], Mood] = lambda: Mood.ACCEPT, hang: float = 2) -> None:
        self.mood, self.hang = mood, hang
        self.ledger: Counter[str] = Counter()
        self.messages: list[dict[str, str]] = []
        self.moods: Counter[Mood] = Counter()
        self.retry_after = "1"
        self.answers_queries = True
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self.queries: list[dict[str, Any]] = []
        bound = type("BoundHandler", (self.handler or Handler,), {"gateway": self})
        self._server = _Server(("127.0.0.1", 0), bound)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{self.path}"

    @property
    def query_url(self) -> str:
        return f"{self.url}/state"

    def next_mood(self) -> Mood:
        with self._lock:
            mood = self.mood()
            self.moods[mood] += 1
            return mood

    def accept(self, message: dict[str, str]) -> None:
        with self._lock:
            self.ledger[message["reference"]] += 1
            self.messages.append(message)

    def spoken(self, mood: Mood, message: dict[str, Any]) -> tuple[int, bytes]:
        """What is said in that mood: the code and the body."""
        code, answer = ANSWERS[mood]
        return code, json.dumps(answer).encode()

    def wait(self, seconds: float) -> None:
        self._closing.wait(seconds)

    @property
    def duplicates(self) -> int:
        return sum(number - 1 for number in self.ledger.values())

    @contextmanager
    def running(self) -> Iterator["Gateway"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._closing.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A caller that was killed does not read its answer; the ledger has it all the same."""


class Handler(BaseHTTPRequestHandler):
    gateway: ClassVar[Gateway]
    timeout = 10

    def do_POST(self) -> None:
        self.receive(self.rfile.read(int(self.headers["Content-Length"] or 0)))

    def receive(self, body: bytes) -> None:
        self.take(json.loads(body))

    def take(self, message: dict[str, Any]) -> None:
        """Treat it as the mood of the moment is."""
        mood = self.gateway.next_mood()
        if mood == Mood.ACCEPT_SLOWLY:
            time.sleep(SLOW)
        if mood.name.startswith("ACCEPT"):
            self.gateway.accept(message)
        if mood in (Mood.HANG, Mood.ACCEPT_AND_HANG):
            self.gateway.wait(self.gateway.hang)
        if mood in ANSWERS:
            self.say(*self.gateway.spoken(mood, message))
        self.close_connection = True

    def do_GET(self) -> None:
        reference = parse_qs(urlsplit(self.path).query)["reference"][0]
        if not self.gateway.answers_queries:
            return self.say(503, b"{}")
        known = reference in self.gateway.ledger
        return self.say(200, json.dumps({"status": "accepted" if known else "none"}).encode())

    def say(self, code: int, body: bytes) -> None:
        self.send_response(code)
        kind = "text/html" if body.startswith(b"<") else "application/json"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if code == 429:
            self.send_header("Retry-After", self.gateway.retry_after)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: what matters is in the ledger."""


ANSWERS: dict[Mood, tuple[int, dict[str, Any]]] = {
    Mood.ACCEPT: (200, {"id": "1"}),
    Mood.ACCEPT_SLOWLY: (202, {"id": "2"}),
    Mood.ACCEPT_AND_BABBLE: (200, {}),
    Mood.FAIL: (500, {}),
    Mood.BUSY: (429, {}),
    Mood.REFUSE: (422, {}),
}
