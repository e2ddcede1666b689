"""Papers of an application: kept, taken away, and who of staff has opened one."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.documents import read_document
from diedie_edu.files.actions import store
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile
from diedie_edu.files.rules import check_size
from edu_base.actions.steps import lock_application
from edu_base.models import Application, ApplicationDocument, ApplicationLook
from edu_base.queries.documents import paper_of
from edu_base.rules import applying
from edu_base.rules import documents as rules

KIND = "application_document"


@transaction.atomic
def add(
    *, application: Application, sort: str, data: bytes, by: User, now: datetime
) -> ApplicationDocument:
    """Keep a paper: a picture, decoded and written anew, or a PDF that holds nothing that acts.

    Raises `Refused` (`in_review`, `too_many`, `kind`, and those of `check_size` and
    `read_document`); nothing is stored then.
    """
    check_size(len(data), settings.MATERIAL_MEGABYTES)
    document = read_document(data)
    locked = lock_application(application.pk)
    applying.check_can_change(locked)
    rules.check_room_for_more(locked.documents.count())
    title = str(ApplicationDocument.Sort(sort).label)
    file = store.keep_document(document=document, kind=KIND, title=title, by=by, now=now)
    return ApplicationDocument.objects.create(application=locked, sort=sort, file=file)


@transaction.atomic
def remove(*, document: ApplicationDocument) -> None:
    """Take one out again, while the application may be changed. Raises `Refused` (`in_review`)."""
    applying.check_can_change(lock_application(document.application_id))
    _remove(document)


def remove_all(*, application: Application) -> None:
    """With the application's end nothing of them is needed any more."""
    for document in application.documents.select_related("file"):
        _remove(document)


def _remove(document: ApplicationDocument) -> None:
    ApplicationDocument.objects.filter(pk=document.pk).delete()
    store.remove(file=document.file)


def log_look(
    *, application: Application, what: str, by: User, now: datetime, reason: str = ""
) -> None:
    """Write down that somebody other than the applicant and the guardian opened this."""
    ApplicationLook.objects.create(
        application=application, viewer=by, what=what, reason=reason, at=now
    )


def log_looks(
    *, applications: Iterable[Application], what: str, by: User, now: datetime, reason: str
) -> None:
    """The same of many in one statement: a whole list has been taken."""
    ApplicationLook.objects.bulk_create(
        ApplicationLook(application=row, viewer=by, what=what, reason=reason, at=now)
        for row in applications
    )


def opened(reader: Reader, file: StoredFile, now: datetime) -> None:
    """A paper has been opened by whoever may."""
    assert isinstance(reader, User)
    paper = paper_of(file)
    if paper is not None and not paper.is_own(reader, local_day(now)):
        what = str(ApplicationDocument.Sort(paper.sort).label)
        found = Application.objects.get(pk=paper.application)
        log_look(application=found, what=what, by=reader, now=now)
