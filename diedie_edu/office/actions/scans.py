"""Scans and finished files of the office: looked at, kept, forgotten with the last row of them."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.documents import read_document
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.common.word_files import check_word, is_word
from diedie_edu.files.actions import store
from diedie_edu.files.models import StoredFile
from diedie_edu.files.rules import check_size
from diedie_edu.office.models import CommitteePaper
from diedie_edu.office.queries.files import PAGE_SCAN, WORD, is_shown_somewhere
from diedie_edu.office.rules import plans as rules


def keep(*, data: bytes, title: str, by: User, now: datetime) -> StoredFile:
    """A Word file as it is, a picture or a PDF as `keep_scan` does. Raises `Refused`."""
    if not is_word(data):
        return keep_scan(data=data, title=title, by=by, now=now)
    check_size(len(data), settings.MATERIAL_MEGABYTES)
    check_word(data)
    form = StoredFile.Form.DOCX
    return store.keep(kind=WORD, form=form, content=BytesIO(data), title=title, by=by, now=now)


def keep_scan(*, data: bytes, title: str, by: User, now: datetime) -> StoredFile:
    """Raises `Refused` (`large`, `kind`, and as `read_document` does)."""
    check_size(len(data), settings.MATERIAL_MEGABYTES)
    document = read_document(data)
    return store.keep_document(document=document, kind=PAGE_SCAN, title=title, by=by, now=now)


def forget(files: Iterable[StoredFile]) -> None:
    """Those that nothing shows any more."""
    for file in files:
        if not is_shown_somewhere(file):
            store.remove(file=file)


@transaction.atomic
def keep_committee_paper(
    *, paper: CommitteePaper, data: bytes | None, by: User, now: datetime
) -> None:
    """Enter a paper of the committee as it was received, or put it right; with `data`, its scan.

    Raises `Refused` (`twin`, and as `keep_scan` does).
    """
    before = paper.scan
    if data:
        paper.scan = keep_scan(data=data, title=paper.title, by=by, now=now)
    if paper._state.adding:
        paper.entered_by, paper.entered_at = by, now
    try:
        with transaction.atomic():
            paper.save()
    except IntegrityError as error:
        if constraint_of(error) != "committee_paper_once":
            raise
        raise Refused("twin", rules.TWIN, "number") from error
    forget([before] if before and before != paper.scan else [])
