"""A server on the loopback that answers a byte at a time and never comes to an end."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

PAUSE = 0.02  # seconds between two bytes


@contextmanager
def dripping(said_at_once: bytes = b"", for_seconds: float = 10.0) -> Iterator[int]:
    """Its port; each connection gets a byte every PAUSE, and is cut after `for_seconds`."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_serve, args=(server, said_at_once, for_seconds, over), daemon=True).start()
        yield server.getsockname()[1]
        over.set()


def _serve(server: socket.socket, said: bytes, for_seconds: float, over: Event) -> None:
    with suppress(OSError):  # the test is over
        while True:
            caller, _address = server.accept()
            Thread(target=_drip, args=(caller, said, for_seconds, over), daemon=True).start()


def _drip(caller: socket.socket, said: bytes, for_seconds: float, over: Event) -> None:
    with suppress(OSError), caller:  # the caller has had enough
        caller.sendall(said)
        for _byte in range(int(for_seconds / PAUSE)):
            if over.wait(PAUSE):
                return
            caller.sendall(b"x")
