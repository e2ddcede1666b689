"""A restore brings back all or nothing, and says why not."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from diedie_edu.common.errors import Refused
from diedie_edu.files.actions import store
from diedie_edu.files.models import StoredFile
from diedie_edu.keeping.actions.restoring import restore
from diedie_edu.keeping.actions.saving import back_up
from diedie_edu.people.models import Resident
from tests.conftest import NOW, new_user
from tests.keeping.conftest import KEY, hashes
from tests.support.refusals import run
from tests.support.starting import own_address
from tests.support.tables import empty_tables

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(kept: Path) -> Path:
    """A back-up of one person and one file, made at `NOW`."""
    keeper = new_user(display_name="第五安")
    store.keep(
        kind="job_result", form="csv", content=BytesIO(b"1,2"), title="x", by=keeper, now=NOW
    )
    path = kept / "small.backup"
    back_up(path=path, key=KEY, now=NOW)
    return path


def names() -> list[str]:
    return list(Resident.objects.values_list("full_name", flat=True))


def refusal(path: Path, *, key: bytes = KEY, replace: bool = True) -> str:
    """Why not; nothing has changed then."""
    before = hashes()
    with pytest.raises(Refused) as refused:
        restore(path=path, key=key, replace=replace, now=NOW)
    assert hashes() == before
    return refused.value.code


def test_files_come_back_too(file: Path) -> None:
    [stored] = StoredFile.objects.all()
    default_storage.delete(stored.path)
    empty_tables()
    assert restore(path=file, key=KEY, replace=False, now=NOW).files == 1
    assert store.content_of(stored) == b"1,2"


def test_bytes_that_were_damaged_are_put_right(file: Path) -> None:
    [stored] = StoredFile.objects.all()
    Path(default_storage.path(stored.path)).write_bytes(b"9,9")
    restore(path=file, key=KEY, replace=True, now=NOW)
    assert store.content_of(stored) == b"1,2"


def test_people_are_not_replaced_unasked(file: Path) -> None:
    new_user(display_name="第五宁")
    assert refusal(file, replace=False) == "not_empty"
    restore(path=file, key=KEY, replace=True, now=NOW)
    assert names() == ["第五安"]


def test_what_does_not_open_changes_nothing(file: Path, kept: Path) -> None:
    data = file.read_bytes()
    cut, changed, other = kept / "cut", kept / "changed", kept / "other"
    cut.write_bytes(data[:-1])
    changed.write_bytes(data[:-30] + bytes([data[-30] ^ 1]) + data[-29:])
    other.write_bytes(b"PGDMP" + data)
    assert refusal(cut) == "broken"
    assert refusal(changed) == "broken"
    assert refusal(other) == "not_a_back_up"
    assert refusal(file, key=bytes(32)) == "wrong_key"


def test_without_the_keys_of_its_fields_it_is_of_no_use(file: Path, settings: LazySettings) -> None:
    settings.FIELD_KEYS = ["b3duLWtleS1vZi10aGlydHktdHdvLWJ5dGVzLTAxMjM="]
    assert refusal(file) == "field_keys"


def test_tables_of_another_version_are_named(file: Path) -> None:
    run("INSERT INTO django_migrations (app, name, applied) VALUES ('files', '0099_x', now())")
    assert refusal(file) == "other_tables"
    newer = file.with_name("newer")
    back_up(path=newer, key=KEY, now=NOW)
    run("DELETE FROM django_migrations WHERE name = '0099_x'")
    assert refusal(newer) == "newer"


def test_the_commands_say_why_not(file: Path, settings: LazySettings) -> None:
    with pytest.raises(CommandError, match="已有同名文件"):
        call_command("back_up", str(file))
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(file), "--without-endings")
    settings.BACKUP_KEY = ""
    with pytest.raises(CommandError, match="BACKUP_KEY"):
        call_command("restore", str(file), "--without-endings")


def test_the_file_is_its_owners_alone_and_whole(file: Path, kept: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.iterdir() if path.is_file()] == ["small.backup"]
    assert "第五安".encode() not in file.read_bytes()


def test_a_file_taken_away_meanwhile_is_left_out(file: Path, kept: Path) -> None:
    [stored] = StoredFile.objects.all()
    default_storage.delete(stored.path)
    back_up(path=kept / "second", key=KEY, now=NOW)
    assert restore(path=kept / "second", key=KEY, replace=True, now=NOW).files == 0


@contextmanager
def at_the_other_end(pipe: Path, reader: subprocess.Popen[str]) -> Iterator[None]:
    """As soon as `reader` has come to the pipe; where it ends before, it says why."""
    for _twentieth in range(20 * 120):
        assert reader.poll() is None, reader.communicate()
        with suppress(OSError):  # nobody reads it yet
            end = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            break
        time.sleep(0.05)
    yield
    os.close(end)


def test_a_restore_that_is_killed_changes_nothing(file: Path) -> None:
    """It stops at a file that does not open, with all tables already replaced."""
    new_user(display_name="第五宁")
    before = hashes()
    [stored] = StoredFile.objects.all()
    blocked = Path(default_storage.path(stored.path))
    blocked.unlink()
    os.mkfifo(blocked)
    environment = os.environ | {
        "BACKUP_KEY": settings.BACKUP_KEY,
        "DATABASE_URL": own_address(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DEMO": "true",
    }
    flags = ["--replace", "--no-input", "--without-endings"]
    command = [sys.executable, "manage.py", "restore", str(file), *flags]
    child = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    )
    with at_the_other_end(blocked, child):
        child.kill()
        said, _nothing = child.communicate()
    assert "venues_venue: " in said
    assert hashes() == before
