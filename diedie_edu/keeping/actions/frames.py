"""What lies in a back-up: facts, and the bytes that belong to them, one after the other."""

import json
from typing import Any, Protocol

LENGTH = 4  # bytes of a length in front of what it counts
BLOCK = 1 << 18


class Sink(Protocol):
    def write(self, data: bytes) -> Any: ...


class Source(Protocol):
    def read(self, size: int) -> bytes: ...


class Writer:
    """`say` facts; then `write` bytes, as often as there are some, and `end` them."""

    def __init__(self, to: Sink):
        self.to, self.waiting = to, bytearray()

    def say(self, **facts: Any) -> None:
        self._block(json.dumps(facts, ensure_ascii=False).encode())

    def write(self, data: bytes) -> None:
        self.waiting += data
        if len(self.waiting) >= BLOCK:
            self._block(bytes(self.waiting))
            self.waiting.clear()

    def end(self) -> None:
        if self.waiting:
            self._block(bytes(self.waiting))
            self.waiting.clear()
        self._block(b"")

    def _block(self, data: bytes) -> None:
        self.to.write(len(data).to_bytes(LENGTH, "big") + data)


class Reader:
    """Reads what `Writer` wrote; `read` gives the bytes up to their end, as a file does."""

    def __init__(self, source: Source):
        self.source, self.waiting = source, b""

    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._block())
        return found

    def read(self, size: int = BLOCK) -> bytes:
        if not self.waiting:
            self.waiting = self._block()
        data, self.waiting = self.waiting[:size], self.waiting[size:]
        return data

    def _block(self) -> bytes:
        length = int.from_bytes(self.source.read(LENGTH), "big")
        return self.source.read(length)
