"""A slow phone holds up its own request, and nobody else's (docs/adr/0062).

The server gives each request a thread of its own, and many may wait there for the rest of what
somebody uploads. Django answers in one thread per process: with a second one the two would take
turns at Python's lock, and each would hold a connection to PostgreSQL.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PIECE = 64 * 1024
IN_MEMORY = 1024 * 1024  # of one upload; more is written to a file that has no name


TOO_LARGE = "文件太大。 This file is too large.\n".encode()


class OneAtATime:
    """A WSGI application that is given whole requests and gives whole answers.

    A list of one piece is sent on by the server by itself, however slowly it is taken; what is
    drawn piece by piece would hold a thread until the last of it is gone.
    """

    def __init__(self, application: Application, most: int) -> None:
        """Uploads of more than `most` bytes are refused before they are read."""
        self._application, self._most = application, most
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="django")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > self._most:
            start_response("413 Content Too Large", [("Content-Type", "text/plain; charset=utf-8")])
            return [TOO_LARGE]
        with SpooledTemporaryFile(IN_MEMORY) as whole:
            _fill(whole, environ["wsgi.input"], length)
            environ["wsgi.input"] = whole
            return self._thread.submit(self._answer, environ, start_response).result()

    def _answer(self, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        answer = self._application(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            if hasattr(answer, "close"):
                answer.close()


def _fill(whole: IO[bytes], sent: IO[bytes], length: int) -> None:
    """As much as was announced, or until whoever sends it is gone."""
    while length and (piece := sent.read(min(PIECE, length))):
        whole.write(piece)
        length -= len(piece)
    whole.seek(0)
