"""A back-up opens with its key alone, whole and as it was written."""

from hashlib import sha256
from io import BytesIO

import pytest

from diedie_edu.common.errors import Refused
from diedie_edu.keeping.actions import sealing
from diedie_edu.keeping.actions.sealing import Opening, Sealing, key_of
from tests.keeping.conftest import KEY

HEAD = 40  # bytes before the first chunk


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Several chunks of what cannot be packed."""
    monkeypatch.setattr(sealing, "CHUNK", 100)
    return written(told())


def told() -> bytes:
    return b"".join(sha256(bytes([number])).digest() for number in range(48))


def written(data: bytes, key: bytes = KEY) -> bytes:
    file = BytesIO()
    writer = Sealing(file, key)
    for start in range(0, len(data), 7):
        writer.write(data[start : start + 7])
    writer.close()
    return file.getvalue()


def read(file: bytes, key: bytes = KEY) -> bytes:
    opened, parts = Opening(BytesIO(file), key), []
    while part := opened.read(11):
        parts.append(part)
    return b"".join(parts)


def refusal(file: bytes, key: bytes = KEY) -> str:
    with pytest.raises(Refused) as refused:
        read(file, key)
    return refused.value.code


def test_it_comes_back_as_it_was(sealed: bytes):
    assert len(sealed) > HEAD + 3 * 116
    assert read(sealed) == told()
    assert read(written(b"")) == b""


def test_two_files_of_the_same_have_nothing_in_common(sealed: bytes):
    other = written(told())
    assert sealed[8:24] != other[8:24]
    assert sealed[HEAD : HEAD + 100] != other[HEAD : HEAD + 100]


def test_another_key_does_not_open_it(sealed: bytes):
    assert refusal(sealed, bytes(32)) == "wrong_key"


def test_something_else_is_named(sealed: bytes):
    assert refusal(b"PGDMP" + sealed) == "not_a_back_up"
    assert refusal(sealed[:30]) == "not_a_back_up"


@pytest.mark.parametrize("place", [HEAD, HEAD + 116 + 5, -1])
def test_a_byte_that_was_changed_is_seen(sealed: bytes, place: int):
    changed = bytearray(sealed)
    changed[place] ^= 1
    assert refusal(bytes(changed)) == "broken"


@pytest.mark.parametrize("left", [HEAD, HEAD + 116, HEAD + 2 * 116, -1])
def test_a_file_that_was_cut_is_seen(sealed: bytes, left: int):
    assert refusal(sealed[:left]) == "broken"


def test_what_was_left_out_moved_or_added_is_seen(sealed: bytes):
    head, chunks = sealed[:HEAD], sealed[HEAD:]
    first, second, rest = chunks[:116], chunks[116:232], chunks[232:]
    assert refusal(head + second + rest) == "broken"
    assert refusal(head + second + first + rest) == "broken"
    assert refusal(head + first + first + second + rest) == "broken"
    assert refusal(sealed + first) == "broken"


def test_a_chunk_of_another_file_does_not_fit(sealed: bytes):
    other = written(told())
    assert refusal(sealed[:HEAD] + other[HEAD : HEAD + 116] + sealed[HEAD + 116 :]) == "broken"


@pytest.mark.parametrize("text", ["", "short", "c2hvcnQ=", "ü" * 43])
def test_a_key_is_one_of_32_bytes(text: str):
    with pytest.raises(Refused) as refused:
        key_of(text)
    assert refused.value.code == "no_key"
