"""Keeping a file, taking it away, and sweeping up what a crash left behind."""

from datetime import datetime, timedelta
from hashlib import file_digest
from io import SEEK_END, BytesIO
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.documents import Document
from diedie_edu.files.models import FOLDER, StoredFile

YOUNG = timedelta(hours=1)  # its row may not be committed yet


def keep(
    *,
    kind: str,
    form: str,
    content: Any,
    title: str,
    by: User | None,
    now: datetime,
    ends_at: datetime | None = None,
) -> StoredFile:
    """Bytes first, then the row: cut off in between, the sweep takes the bytes.

    `content` is open for reading bytes.
    """
    content.seek(0)
    file = StoredFile(kind=kind, form=form, title=title, kept_by=by, kept_at=now, ends_at=ends_at)
    file.sha256 = file_digest(content, "sha256").hexdigest()
    file.size = content.seek(0, SEEK_END)
    default_storage.save(file.path, File(content))
    file.save(force_insert=True)
    return file


def keep_document(*, document: Document, **about: Any) -> StoredFile:
    """A picture or a PDF that `common.documents` has checked and written anew."""
    return keep(form=document.kind, content=BytesIO(document.data), **about)


def content_of(file: StoredFile) -> bytes:
    """Raises `FileNotFoundError` where its bytes are lost."""
    with default_storage.open(file.path) as opened:
        return opened.read()


@transaction.atomic
def remove(*, file: StoredFile) -> None:
    """The row, and the bytes once that is certain. Removing twice is harmless."""
    StoredFile.objects.filter(pk=file.pk).delete()
    forget_bytes(file.path)


def forget_bytes(path: str) -> None:
    """Once the transaction is over. A storage that is away then stops nobody: they are swept."""

    def forget() -> None:  # not partial: Django asks what fails for a name that that has not
        default_storage.delete(path)

    transaction.on_commit(forget, robust=True)


def sweep(*, now: datetime) -> int:
    """Delete files that have come to their end, and bytes without a row; returns how many."""
    ended = StoredFile.objects.filter(ends_at__lte=now)
    lost = _without_row(now)
    for file in ended:
        remove(file=file)
    for path in lost:
        default_storage.delete(path)
    return len(ended) + len(lost)


def _without_row(now: datetime) -> list[str]:
    """The folder is not asked for first: a bucket has none, and would never be swept."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    known = set(StoredFile.objects.values_list("key", flat=True))
    paths = (f"{FOLDER}/{name}" for name in names if name.partition(".")[0] not in known)
    return [path for path in paths if _is_old(path, now)]


def _is_old(path: str, now: datetime) -> bool:
    """False for what is gone meanwhile."""
    try:
        return default_storage.get_modified_time(path) < now - YOUNG
    except FileNotFoundError:
        return False
