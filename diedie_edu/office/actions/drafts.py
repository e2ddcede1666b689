"""Writing: beginning a version, and the one way to the rows of a draft.

Lock order: the document → its versions → their rows → the request about them.
"""

from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.decisions.actions import requests
from diedie_edu.office.actions import scans
from diedie_edu.office.actions.reviewing import KINDS
from diedie_edu.office.models import OPEN, Author, Document, Version
from diedie_edu.office.queries.contents import CONTENT
from diedie_edu.office.queries.documents import last_version
from diedie_edu.office.rules import versions as rules


def lock_document(pk: int) -> Document:
    """Its row until the transaction ends: writers of one document come one after the other."""
    return Document.objects.select_for_update().get(pk=pk)


def note_author(*, document: Document, by: User, now: datetime) -> None:
    """`by` had a hand in it, and so does not approve it."""
    Author.objects.get_or_create(document=document, account=by, defaults={"since": now})


@transaction.atomic
def begin(*, document: Document, by: User, now: datetime, like: Version | None = None) -> Version:
    """The version that is being written; where there is none, a new draft.

    It says what the last one of the document says, the first one what `like` says (a document of
    another period). What was returned is thereby answered.
    """
    locked = lock_document(document.pk)
    if found := locked.versions.filter(state__in=OPEN).first():
        return found
    last = last_version(locked)
    number = last.number + 1 if last else 1
    made = Version.objects.create(
        document=locked, number=number, based_on=last, written_by=by, written_at=now
    )
    if source := last or like:
        _copy_rows(source, made)
        made.refresh_from_db()
    if last:
        requests.end(kind=KINDS[locked.work], subject=last.pk, now=now)
    note_author(document=locked, by=by, now=now)
    return made


def _copy_rows(source: Version, made: Version) -> None:
    is_carried_over = source.document_id != made.document_id
    for model in CONTENT:
        rows = model._default_manager.filter(version=source).select_related("version__document")
        copies = (row.carried_over(made) if is_carried_over else row.copied(made) for row in rows)
        model._default_manager.bulk_create(row for row in copies if row is not None)


def lock_draft(*, version: int, by: User, now: datetime) -> Version:
    """A draft whose rows `by` is about to change, with its document locked.

    Raises `Refused` (`not_draft`).
    """
    found = Version.objects.select_related("document").get(pk=version)
    lock_document(found.document_id)
    found.refresh_from_db()
    rules.check_is_draft(found)
    note_author(document=found.document, by=by, now=now)
    return found


@transaction.atomic
def drop(*, version: Version, by: User, now: datetime) -> None:
    """A draft that nobody needs, with its files. Raises `Refused` (`not_draft`)."""
    locked = lock_draft(version=version.pk, by=by, now=now)
    files = [row.file for row in locked.attachment_rows.select_related("file")]
    locked.delete()
    scans.forget(files)
