"""A stretch of network between a phone and the portal that can be made bad while a test runs."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import urlsplit

PASSED_ON = {"accept-language", "cookie", "user-agent", "service-worker"}
LEFT_OUT = {"transfer-encoding", "connection", "content-length"}


class Stretch:
    """`hangs` keeps every answer back until the end, `is_away` answers 502 itself."""

    def __init__(self, portal: str) -> None:
        self.portal = urlsplit(portal).netloc
        self.hangs, self.is_away, self.ends = False, False, Event()
        self.address = ""


@contextmanager
def before(portal: str) -> Iterator[Stretch]:
    stretch = Stretch(portal)

    class Passing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if stretch.hangs:
                stretch.ends.wait()
                return
            status, headers, body = (502, [], b"") if stretch.is_away else self.asked()
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in LEFT_OUT:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def asked(self) -> tuple[int, list[tuple[str, str]], bytes]:
            line = http.client.HTTPConnection(stretch.portal, timeout=30)
            headers = {
                name: value for name, value in self.headers.items() if name.lower() in PASSED_ON
            }
            line.request(self.command, self.path, headers=headers)
            answer = line.getresponse()
            found = answer.status, answer.getheaders(), answer.read()
            line.close()
            return found

        def log_message(self, *_words: object) -> None:
            """Nothing: the test says what it saw."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Passing)
    server.daemon_threads = True
    stretch.address = f"http://localhost:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield stretch
    stretch.ends.set()
    server.shutdown()
    server.server_close()
