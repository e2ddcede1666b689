"""A small application behind the portal's own server, with and without `OneAtATime`."""

from collections.abc import Iterable
from typing import Any

from diedie_edu.common.one_at_a_time import OneAtATime

PIECE = b"x" * 64 * 1024
PIECES = 192  # together more than a kernel keeps of an answer that nobody takes
MOST = 2 * 1024 * 1024


def old(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """As Django does it: reads what was sent, and answers with pieces that are drawn."""
    sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/large":
        return iter([PIECE] * PIECES + [b"the end"])
    return iter([f"{len(sent)} {sum(sent)}".encode()])


new = OneAtATime(old, MOST)
