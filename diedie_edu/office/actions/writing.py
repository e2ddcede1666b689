"""The lines of a draft: entered, changed, moved, taken out; finished files; ticks.

Lock order as in `drafts`: whoever changes a line from a form locks the document before the line.
"""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.files.rules import clean_title, stem_of
from diedie_edu.office.actions import scans
from diedie_edu.office.actions.drafts import lock_draft
from diedie_edu.office.models import Attachment, Content, Document, Milestone, Tick, Version, Work
from diedie_edu.office.rules import plans as rules
from diedie_edu.publicity.queries.posts import names_of_children
from diedie_edu.publicity.rules.posts import check_names_no_child


def rows_beside(row: Content) -> list[Content]:
    """All of its kind in its version, in their order."""
    return list(type(row)._default_manager.filter(version=row.version))


@transaction.atomic
def keep_row(*, row: Content, by: User, now: datetime) -> None:
    """Enter a line, at the end, or change one. Raises `Refused` (`not_draft`, `child_named`)."""
    locked = lock_draft(version=row.version_id, by=by, now=now)
    if locked.document.work == Work.SUMMARY:
        _check_names_no_child(row, now)
    if row._state.adding:
        row.position = 1 + max((one.position for one in rows_beside(row)), default=0)
    row.save()


def _check_names_no_child(row: Content, now: datetime) -> None:
    """A summary is handed out, so it names no child in full. Raises `Refused` (`child_named`)."""
    label, text = row.words(row.said())
    parts = {_("title"): label, _("text"): text}
    check_names_no_child(parts, names_of_children(parts.values(), local_day(now)))


@transaction.atomic
def move_row(*, row: Content, up: bool, by: User, now: datetime) -> None:
    """One place up or down; at the end of the list nothing changes. Raises `Refused`."""
    lock_draft(version=row.version_id, by=by, now=now)
    rows = rows_beside(row)
    place = next(n for n, one in enumerate(rows) if one.pk == row.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for number, one in enumerate(rows, start=1):
        if one.position != number:
            one.position = number
            one.save(update_fields=["position"])


@transaction.atomic
def remove_row(*, row: Content, by: User, now: datetime) -> None:
    """Take a line out. Raises `Refused` (`not_draft`)."""
    lock_draft(version=row.version_id, by=by, now=now)
    files = [row.file] if isinstance(row, Attachment) else []
    row.delete()
    scans.forget(files)


@transaction.atomic
def keep_head(*, version: Version, by: User, now: datetime) -> None:
    """Why there is a new version, and for rules from when they hold (`version`, unsaved). Raises
    `Refused` (`not_draft`)."""
    lock_draft(version=version.pk, by=by, now=now)
    version.save(update_fields=["reason", "in_force_from"])


@transaction.atomic
def attach(
    *, version: Version, data: bytes, file_name: str, title: str, by: User, now: datetime
) -> Attachment:
    """Keep a finished Word or PDF file with a draft. The same file again is harmless.

    Raises `Refused` (`not_draft`, `too_many`, and as `scans.keep` does).
    """
    locked = lock_draft(version=version.pk, by=by, now=now)
    kept = Attachment.objects.filter(version=locked)
    if same := kept.filter(sha256=sha256(data).hexdigest()).first():
        return same
    rules.check_room_for_more(kept.count())
    name = clean_title(title, stem_of(file_name), str(locked.document), longest=80)
    file = scans.keep(data=data, title=name, by=by, now=now)
    row = Attachment(version=locked, file=file, sha256=file.sha256)
    keep_row(row=row, by=by, now=now)
    return row


@transaction.atomic
def tick(*, document: Document, milestone: Milestone, done: bool, by: User, now: datetime) -> None:
    """A milestone that no event fulfils is done, or not after all; the first tick counts."""
    ticks = Tick.objects.filter(document=document, key=milestone.key)
    if not done:
        ticks.delete()
        return
    told = {"done_on": local_day(now), "by": by}
    Tick.objects.get_or_create(document=document, key=milestone.key, defaults=told)
