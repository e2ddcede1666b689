"""A file under a key, in chunks of which none can be changed, left out, moved or cut off unseen.

Head: a word that says what it is, a number drawn for this file, and a proof of the key. Key and
chunks are of this file alone (HKDF over its number); each chunk is sealed by AES-GCM under its
place in the file and whether it is the last, so that one of another place or file does not open.
"""

import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from hmac import compare_digest
from secrets import token_bytes
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

WORD = b"DIEDIE-1"
NUMBER, PROOF, KEY, TAG = 16, 16, 32, 16  # bytes
CHUNK = 1 << 20
LEVEL = 3  # of zlib: more costs time and saves little


def key_of(text: str) -> bytes:
    """The key that a setting says. Raises `Refused` (`no_key`) where it says none of 32 bytes."""
    try:
        key = urlsafe_b64decode(text)
    except ValueError:
        key = b""
    if len(key) != KEY:
        raise Refused(
            "no_key",
            _("BACKUP_KEY must be a key of your own; docs/deploy.md says how to make one."),
        )
    return key


def _keys(key: bytes, number: bytes) -> tuple[AESGCM, bytes]:
    """The cipher of one file, and the proof of its key."""
    made = HKDF(SHA256(), KEY + PROOF, salt=number, info=WORD).derive(key)
    return AESGCM(made[:KEY]), made[KEY:]


def _place(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([is_last])


class Sealing:
    """Writes: `write`, then `close`, without which the file is cut off."""

    def __init__(self, file: IO[bytes], key: bytes):
        number = token_bytes(NUMBER)
        self.cipher, proof = _keys(key, number)
        self.file, self.head, self.count = file, WORD + number + proof, 0
        self.packed, self.waiting = zlib.compressobj(LEVEL), bytearray()
        file.write(self.head)

    def write(self, data: bytes) -> None:
        self.waiting += self.packed.compress(data)
        while len(self.waiting) > CHUNK:
            self._seal(bytes(self.waiting[:CHUNK]), is_last=False)
            del self.waiting[:CHUNK]

    def close(self) -> None:
        self.waiting += self.packed.flush()
        while len(self.waiting) > CHUNK:
            self._seal(bytes(self.waiting[:CHUNK]), is_last=False)
            del self.waiting[:CHUNK]
        self._seal(bytes(self.waiting), is_last=True)

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        place = _place(self.count, is_last=is_last)
        self.file.write(self.cipher.encrypt(place, chunk, self.head))
        self.count += 1


class Opening:
    """Reads what `Sealing` wrote.

    Raises `Refused`: `not_a_back_up`, `wrong_key`, and `broken` for whatever was changed or cut.
    """

    def __init__(self, file: IO[bytes], key: bytes):
        self.file, self.head = file, file.read(len(WORD) + NUMBER + PROOF)
        if not self.head.startswith(WORD) or len(self.head) < len(WORD) + NUMBER + PROOF:
            raise Refused("not_a_back_up", _("This file is no back-up of the portal."))
        number, proof = self.head[len(WORD) : -PROOF], self.head[-PROOF:]
        self.cipher, own = _keys(key, number)
        if not compare_digest(own, proof):
            raise Refused("wrong_key", _("BACKUP_KEY is not the key of this back-up."))
        self.plain, self.waiting = self._chunks(), bytearray()

    def read(self, size: int) -> bytes:
        """So many bytes, fewer only at the end."""
        while len(self.waiting) < size and (more := next(self.plain, b"")):
            self.waiting += more
        data = bytes(self.waiting[:size])
        del self.waiting[:size]
        return data

    def _chunks(self) -> Iterator[bytes]:
        packed, count, sealed = zlib.decompressobj(), 0, self.file.read(CHUNK + TAG)
        while sealed:
            following = self.file.read(CHUNK + TAG)
            chunk = packed.decompress(self._open(sealed, count, is_last=not following), CHUNK)
            while chunk:
                yield chunk
                chunk = packed.decompress(packed.unconsumed_tail, CHUNK)
            count, sealed = count + 1, following
        if not packed.eof:
            raise broken()

    def _open(self, sealed: bytes, count: int, *, is_last: bool) -> bytes:
        try:
            return self.cipher.decrypt(_place(count, is_last=is_last), sealed, self.head)
        except InvalidTag:
            raise broken() from None


def broken() -> Refused:
    return Refused(
        "broken", _("This back-up is damaged or not whole. Nothing was changed; take another one.")
    )
