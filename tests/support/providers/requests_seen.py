"""A server on the loopback that writes down the one request it gets, as it came."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

VARIES = {"user-agent", "x-tc-traceid"}  # from one call or one machine to the next


@dataclass
class Seen:
    """The line, the headers but for what varies, in order of their names, and the body."""

    lines: list[str] = field(default_factory=list)


@contextmanager
def seen_request(answer: bytes, patch: pytest.MonkeyPatch) -> Iterator[Seen]:
    """Whatever host is called, it is this one."""
    seen = Seen()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            told = {name.lower(): value for name, value in self.headers.items()}
            kept = sorted(f"{name}: {told[name]}" for name in told.keys() - VARIES)
            seen.lines = [self.requestline, *kept, body]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nothing: it is kept."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        here = (socket.AF_INET, socket.SOCK_STREAM, 6, "", server.server_address)
        patch.setattr("diedie_edu.common.outside._addresses", lambda *_: [here])
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield seen
        server.shutdown()
        thread.join()
