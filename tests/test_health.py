from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from diedie_edu.health import is_well


class Portal(BaseHTTPRequestHandler):
    """Answers the status in `answer`, if it is asked for /healthz under its own name."""

    answer = 200

    def do_GET(self) -> None:
        known = self.path == "/healthz" and self.headers["Host"] == "portal.example"
        self.send_response(self.answer if known else 400)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ALLOWED_HOSTS", ".portal.example,portal")
    with HTTPServer(("127.0.0.1", 0), Portal) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_portal_that_does_its_work_is_well(portal: str) -> None:
    assert is_well(portal)


def test_a_portal_that_tells_nobody_is_not_well(
    portal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Portal, "answer", 503)
    assert not is_well(portal)


def test_a_portal_that_does_not_answer_is_not_well() -> None:
    assert not is_well("http://127.0.0.1:1")
