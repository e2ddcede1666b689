"""The list of endings outside the database: a file, or pieces in the bucket where files are.

One line an ending: its mark, when, kind, number and word, by tabs. Lines are only ever added; one
that a power cut left half-written is passed over, and its row is carried again.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from diedie_edu.keeping.models import Ending

PARTS = 5
FOLDER = "endings"
PIECE = FOLDER + "/{:%Y%m%dT%H%M%S%f}-{}.txt"


def list_path() -> Path:
    return Path(settings.ENDINGS_FILE or settings.MEDIA_ROOT / "endings.txt")


def is_in_bucket() -> bool:
    """Of several machines none has a disk that the others write; whoever names a file has one."""
    return settings.MEDIA_STORAGE == "s3" and not settings.ENDINGS_FILE


def add(rows: Sequence[Ending], now: datetime) -> None:
    """So that it stays whatever happens next. Not for two at once."""
    text = "".join(f"{_line(row)}\n" for row in rows).encode()
    if is_in_bucket():
        default_storage.save(PIECE.format(now, rows[0].mark), ContentFile(text))
    else:
        _append(list_path(), text)


def _line(row: Ending) -> str:
    return "\t".join([str(row.mark), row.at.isoformat(), row.kind, str(row.number), row.how])


def _append(path: Path, text: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("rb+") as file:
        end = file.seek(0, os.SEEK_END)
        if end and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n":
            file.write(b"\n")
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def listed(path: Path) -> Iterator[Ending]:
    """What a file holds, in its order. Raises `FileNotFoundError`."""
    return _read(path.read_text("utf-8"))


def listed_here() -> Iterator[Ending]:
    """What the list of this portal holds. Raises `OSError`."""
    if not is_in_bucket():
        yield from listed(list_path())
        return
    _folders, names = default_storage.listdir(FOLDER)
    if not names:
        raise FileNotFoundError(FOLDER)
    for name in sorted(names):
        with default_storage.open(f"{FOLDER}/{name}") as piece:
            yield from _read(piece.read().decode())


def _read(text: str) -> Iterator[Ending]:
    for line in text.split("\n"):
        parts = line.split("\t")
        if len(parts) == PARTS:
            mark, at, kind, number, how = parts
            with suppress(ValueError):
                yield Ending(
                    mark=mark, at=datetime.fromisoformat(at), kind=kind, number=int(number), how=how
                )
