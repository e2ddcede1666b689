"""A pool in transaction mode: one connection to PostgreSQL, lent to a client until its
transaction ends."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

START, NOTHING_MORE = 196608, b""
SOCKET = ".s.PGSQL.5432"


def folder_of_server() -> str:
    """Where PostgreSQL's socket is; empty for one that listens elsewhere."""
    host = connection.settings_dict["OPTIONS"].get("host") or connection.settings_dict["HOST"]
    return host if host.startswith("/") else ""


@contextmanager
def pool(folder: Path) -> Iterator[None]:
    """Clients find it in `folder`, as they find PostgreSQL in its own."""
    facts = connection.settings_dict
    server = socket.socket(socket.AF_UNIX)
    server.connect(str(Path(folder_of_server()) / SOCKET))
    words = f"user\0{facts['USER']}\0database\0{facts['NAME']}\0client_encoding\0UTF8\0\0".encode()
    server.sendall(struct.pack("!II", 8 + len(words), START) + words)
    greeting = b"".join(_until_ready(server))
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(folder / SOCKET))
    door.listen()
    Thread(target=_let_in, args=(door, server, greeting), daemon=True).start()
    try:
        yield
    finally:
        door.close()
        server.close()


@contextmanager
def client_of(folder: Path, wrapper: type | None = None) -> Iterator[Any]:
    """A connection of Django through the pool."""
    client = connections.create_connection(DEFAULT_DB_ALIAS)
    if wrapper:
        client = wrapper(client.settings_dict, client.alias)
    client.settings_dict = client.settings_dict | {"HOST": str(folder), "OPTIONS": {}}
    try:
        yield client
    finally:
        client.close()


def _let_in(door: socket.socket, server: socket.socket, greeting: bytes) -> None:
    lent = Lock()
    with suppress(OSError):  # the door is shut
        while True:
            client, _address = door.accept()
            client.recv(4096)  # who it is; everybody is let in
            client.sendall(greeting)
            Thread(target=_serve, args=(client, server, lent), daemon=True).start()


def _serve(client: socket.socket, server: socket.socket, lent: Lock) -> None:
    is_mine = False
    with suppress(OSError):
        while (message := _message(client)) and message[:1] != b"X":
            is_mine = is_mine or lent.acquire()
            server.sendall(message)
            for answer in _until_ready(server):
                client.sendall(answer)
            if answer.endswith(b"I"):  # no transaction is open
                is_mine = bool(lent.release())


def _until_ready(server: socket.socket) -> Iterator[bytes]:
    while message := _message(server):
        yield message
        if message[:1] == b"Z":
            return


def _message(from_whom: socket.socket) -> bytes:
    """One letter, the length, the rest."""
    head = _read(from_whom, 5)
    return head + _read(from_whom, struct.unpack("!I", head[1:])[0] - 4) if head else NOTHING_MORE


def _read(from_whom: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size and (more := from_whom.recv(size - len(found))):
        found += more
    return found
