"""Whose files lie in the store, and who reads them: every app brings its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import parts_by
from diedie_edu.files.models import StoredFile

Reader = User | AnonymousUser


def nobody(reader: Reader, file: StoredFile) -> bool:
    return False


@dataclass(frozen=True)
class FileKind:
    """One kind of file.

    `may_read` is asked each time one is opened; for whoever may not, there is no such file.
    One that `is_shown` opens in the browser, any other is handed over to be kept. Where looks are
    logged, `opened` writes each down.
    """

    slug: str
    may_read: Callable[[Reader, StoredFile], bool] = nobody
    is_shown: bool = False
    opened: Callable[[Reader, StoredFile, datetime], None] | None = None

    def is_for_everybody(self, found: StoredFile) -> bool:
        """A browser may keep what it shows to visitors, too, for it tells of nobody."""
        return self.is_shown and self.opened is None and self.may_read(AnonymousUser(), found)


def file_kind(slug: str) -> FileKind:
    """Raises `KeyError` for a kind that no app brings."""
    return parts_by(FileKind, "slug")[slug]
