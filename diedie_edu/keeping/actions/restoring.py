"""Bringing a back-up back, all of it or nothing: one transaction from the first table to the last
ending. Files come before it ends, under names of their own: cut off, they are swept as any other
bytes without a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from cryptography.fernet import InvalidToken
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.crypto import unseal
from diedie_edu.common.endings import AfterRestore
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.keeping.actions import states, tables
from diedie_edu.keeping.actions.endings import EndedAgain, end_again
from diedie_edu.keeping.actions.frames import Reader
from diedie_edu.keeping.actions.saving import FORMAT, PROBE, Tell, silent
from diedie_edu.keeping.actions.sealing import Opening, broken
from diedie_edu.keeping.models import Ending

# Numbers given out after the back-up stand on paper, in messages and in logs: nobody else gets
# them.
LEAP = 10_000


@dataclass(frozen=True)
class Restored:
    """What came back, the moment it is of, and what of it ended anew."""

    made_at: datetime
    rows: int
    files: int
    ended: EndedAgain


def head_of(file: IO[bytes], key: bytes) -> tuple[Reader, dict[str, Any]]:
    """A reader behind its head. Raises `Refused` as `Opening` does, and where this machine lacks
    the FIELD_KEYS of what lies sealed in it (`field_keys`)."""
    reader = Reader(Opening(file, key))
    head = reader.facts()
    if head["format"] != FORMAT:
        raise Refused(
            "newer",
            _("Another version of the portal made this back-up. Restore it with that version."),
        )
    try:
        opens = unseal(head["probe"]) == PROBE
    except InvalidToken:
        opens = False
    if not opens:
        raise Refused(
            "field_keys",
            _("FIELD_KEYS lacks the keys of this back-up: put them behind your own, then restore."),
        )
    return reader, head


def restore(
    *,
    path: Path,
    key: bytes,
    replace: bool,
    listed: Iterable[Ending] = (),
    now: datetime,
    tell: Tell = silent,
) -> Restored:
    """Bring back what `path` holds, and end anew what of `listed` ended since it was made.

    Raises `Refused`: as `head_of`, `newer`, `other_tables`; `not_empty` where people stand in this
    database and it is not to be replaced; `broken`.
    """
    with path.open("rb") as file, transaction.atomic(durable=True):
        reader, head = head_of(file, key)
        needed = [(app, name) for app, name in head["migrations"]]
        tables.run(tables.PLAIN)
        states.check_is_known(needed)
        states.check_can_take(needed)
        if states.holds_people() and not replace:
            raise Refused(
                "not_empty", _("There are people in this database. To replace them: --replace.")
            )
        states.bring_up(needed)
        tables.take_alone()
        with tables.unguarded():
            tables.empty()
            rows, facts = _tables(reader, tell)
        tables.continue_from(facts["sequences"], LEAP)
        files, last = _files(reader, tell)
        if (last["rows"], last["files"]) != (rows, files) or reader.source.read(1):
            raise broken()
        states.bring_forward()
        ContentType.objects.clear_cache()
        for part in parts_of(AfterRestore):
            part.run(now)
        ended = end_again(found=listed, now=now)
    tables.run("ANALYZE")
    return Restored(datetime.fromisoformat(head["made_at"]), rows, files, ended)


def _tables(reader: Reader, tell: Tell) -> tuple[int, dict[str, Any]]:
    """How many rows came, and what is said behind the last table."""
    total = 0
    while "table" in (facts := reader.facts()):
        table = tables.Table(facts["table"], facts["columns"])
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table.copied} FROM STDIN", reader)
            came = cursor.rowcount
        if came != reader.facts()["rows"]:
            raise broken()
        total += came
        tell(f"{table.name}: {came}")
    return total, facts


def _files(reader: Reader, tell: Tell) -> tuple[int, dict[str, Any]]:
    """How many files came, and what is said in the end."""
    count = 0
    while "file" in (facts := reader.facts()):
        with TemporaryFile() as kept:
            told = sha256()
            while data := reader.read():
                told.update(data)
                kept.write(data)
            if reader.facts()["sha256"] != told.hexdigest():
                raise broken()
            kept.seek(0)
            _put(facts["file"], kept, told.hexdigest())
        count += 1
    tell(f"files: {count}")
    return count, facts


def _put(path: str, content: IO[bytes], told: str) -> None:
    """Under its own name, which nobody else's bytes have: what is there already stays."""
    if default_storage.exists(path):
        with default_storage.open(path) as there:
            if file_digest(there, "sha256").hexdigest() == told:
                return
        default_storage.delete(path)
    default_storage.save(path, File(content))
