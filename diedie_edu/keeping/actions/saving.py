"""Saving everything into one file: the database as it stood at one moment, and its files."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.crypto import seal
from diedie_edu.common.errors import Refused
from diedie_edu.files.models import StoredFile
from diedie_edu.keeping.actions import tables
from diedie_edu.keeping.actions.frames import BLOCK, Writer
from diedie_edu.keeping.actions.sealing import Sealing

FORMAT = 1
PROBE = "opens with FIELD_KEYS"
Tell = Callable[[str], None]


def silent(_line: str) -> None:
    """For nobody who waits."""


def back_up(*, path: Path, key: bytes, now: datetime, tell: Tell = silent) -> int:
    """Write a back-up to `path`, whole or not at all; returns its bytes.

    Raises `Refused` (`exists`).
    """
    with _whole(path) as file:
        sealing = Sealing(file, key)
        writer = Writer(sealing)
        with transaction.atomic(durable=True):
            tables.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            tables.run(tables.PLAIN)
            writer.say(**_head(now))
            rows = _tables(writer, tell)
            writer.say(sequences=tables.sequences())
            files = list(StoredFile.objects.order_by("pk"))
        kept = _files(writer, files, tell)
        writer.say(end=True, rows=rows, files=kept)
        sealing.close()
    return path.stat().st_size


def _head(now: datetime) -> dict[str, Any]:
    """What a restore must know first. The probe tells whether FIELD_KEYS open what lies sealed."""
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "postgres": connection.pg_version,  # type: ignore[attr-defined]
        "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
        "probe": seal(PROBE),
    }


def _tables(writer: Writer, tell: Tell) -> int:
    rows = 0
    for table in tables.tables():
        writer.say(table=table.name, columns=table.columns)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table.copied} TO STDOUT", _Bytes(writer))
            writer.end()
            writer.say(rows=cursor.rowcount)
            rows += cursor.rowcount
            tell(f"{table.name}: {cursor.rowcount}")
    return rows


class _Bytes:
    """psycopg2 hands over bytes only to what is no text file."""

    def __init__(self, writer: Writer):
        self.write = writer.write


def _files(writer: Writer, files: list[StoredFile], tell: Tell) -> int:
    """Bytes that were taken away since the moment of the rows are left out, as they would be."""
    kept = 0
    for file in files:
        with suppress(FileNotFoundError), default_storage.open(file.path) as opened:
            writer.say(file=file.path)
            told = sha256()
            while data := opened.read(BLOCK):
                told.update(data)
                writer.write(data)
            writer.end()
            writer.say(sha256=told.hexdigest())
            kept += 1
    tell(f"files: {kept}")
    return kept


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A file of its owner's own that has its name only once all of it is on the disk."""
    if path.exists():
        raise Refused("exists", _("There is such a file already. Please choose another name."))
    half = path.with_name(f"{path.name}.part")
    half.unlink(missing_ok=True)
    try:
        half.touch(mode=0o600)
        with half.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
        _sync_folder(path.parent)
    finally:
        half.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
