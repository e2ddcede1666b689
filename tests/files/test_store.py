"""The private store: nothing lost, nothing left, whatever is cut off in the middle."""

import os
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from diedie_edu.files.actions import store
from diedie_edu.files.models import StoredFile
from diedie_edu.files.tasks import sweep
from tests.conftest import NOW
from tests.support.refusals import refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
LATER = timedelta(hours=2)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def keep(ends_at: datetime | None = None) -> StoredFile:
    return store.keep(
        kind="upload",
        form="sent",
        content=BytesIO(b"hello"),
        title="名单.xlsx",
        by=None,
        now=NOW,
        ends_at=ends_at,
    )


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_file_lies_under_a_key_that_tells_nothing(media: Path) -> None:
    file = keep()
    (path,) = files(media)
    assert path.name == f"{file.key}.sent"
    assert (store.content_of(file), file.size) == (b"hello", 5)
    assert file.sha256.startswith("2cf24dba5fb0a30e")


def test_cut_off_before_its_row_the_bytes_are_swept_once_they_are_old(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StoredFile, "save", lambda *_a, **_b: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keep()
    assert len(files(media)) == 1
    now = datetime.fromtimestamp(files(media)[0].stat().st_mtime, NOW.tzinfo)
    assert store.sweep(now=now) == 0
    assert store.sweep(now=now + LATER) == 1
    assert files(media) == []


def test_cut_off_after_its_row_the_bytes_are_swept_too(
    media: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    file = keep()
    with django_capture_on_commit_callbacks():  # the process ends before they are called
        store.remove(file=file)
    assert (StoredFile.objects.count(), len(files(media))) == (0, 1)
    now = datetime.fromtimestamp(files(media)[0].stat().st_mtime, NOW.tzinfo)
    assert store.sweep(now=now + LATER) == 1
    assert files(media) == []


def test_a_row_without_bytes_stops_no_sweep(
    media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    default_storage.delete(keep(ends_at=NOW + LATER).path)
    with django_capture_on_commit_callbacks(execute=True):
        assert store.sweep(now=NOW + LATER) == 1
    assert not StoredFile.objects.exists()


def test_a_storage_that_is_away_stops_nobody(
    media: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    file = keep()
    with monkeypatch.context() as patch:
        patch.setattr(os, "remove", lambda *_a, **_b: 1 / 0)
        with django_capture_on_commit_callbacks(execute=True):
            store.remove(file=file)
    assert not StoredFile.objects.exists()
    now = datetime.fromtimestamp(files(media)[0].stat().st_mtime, NOW.tzinfo)
    assert store.sweep(now=now + LATER) == 1


def test_a_file_ends_with_row_and_bytes(
    media: Path, clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    keep(ends_at=NOW + LATER)
    kept = keep()
    clock.move_to(NOW + LATER)
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert list(StoredFile.objects.all()) == [kept]
    assert [path.stem for path in files(media)] == [kept.key]


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("file_is_not_empty", {"size": 0}),
        ("file_format_is_known", {"form": "html"}),
        ("file_key_tells_nothing", {"key": "../../etc/passwd"}),
        ("file_ends_later", {"ends_at": NOW}),
    ],
)
def test_a_file_makes_sense(constraint: str, change: dict[str, Any]) -> None:
    keep()
    with refused_by(constraint):
        StoredFile.objects.update(**change)
