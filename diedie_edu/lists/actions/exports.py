"""Lists on their way out: a short one at once, a long one by a worker, row by row into a file."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.admin_out import WayOut, as_if_asked_by
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.outgoing import CHUNK, Outgoing
from diedie_edu.common.spreadsheets.workbooks import save_list
from diedie_edu.jobs.actions.leases import Progress, progress_of
from diedie_edu.jobs.actions.results import finish
from diedie_edu.jobs.models import Job
from diedie_edu.lists.kinds import Exported, ListKind, list_kind, watched

AT_ONCE = 2000  # rows that hold a web process for a quarter of a second


def found(kind: ListKind, user: User, now: datetime, number: int | None) -> Exported | None:
    """All of a list, or what it has about one thing (its number); None where there is no such
    thing for this reader."""
    if number is None:
        return kind.exported(user, local_day(now))
    return kind.exported_of(user, local_day(now), number)


def is_long(exported: Exported) -> bool:
    return exported[1].count() > AT_ONCE


def export_list(job: Job, now: datetime) -> None:
    """`params`: list, number (or none), extension."""
    kind = list_kind(job.params["list"])
    exported = found(kind, job.asked_by, now, job.params["number"])
    if exported is None:
        raise Refused("gone", _("This no longer exists."))
    _write(job, exported[1], str(kind.title), f"list {kind.slug}", now)


def export_admin_list(job: Job, now: datetime) -> None:
    """`params`: model, extension; `words` are the address's search and filters."""
    pages = pages_of(job.params)
    rows = pages.outgoing(as_if_asked_by(job.asked_by, job.words))
    about = pages.model._meta
    _write(job, rows, str(about.verbose_name_plural), f"list {about.label_lower}", now)


def pages_of(params: dict[str, Any]) -> WayOut:
    """The pages of the admin site that a job is about."""
    return admin.site._registry[apps.get_model(params["model"])]  # type: ignore[return-value]


def _write(job: Job, rows: Outgoing, sheet: str, page: str, now: datetime) -> None:
    """All in one transaction, which holds the database's cursor: a snapshot, in chunks. Children in
    it are looked at."""
    form, looks = job.params["extension"], watched(by=job.asked_by, page=page, now=now)
    with TemporaryFile() as file:
        with progress_of(job) as progress, transaction.atomic(), looks as names:
            progress.start(rows.count())
            told = _told(names.noted(rows), progress)
            save_list(file, form, rows.columns, told, sheet=sheet)
        finish(job=job, content=file, form=form, now=now)


def _told(rows: Iterable[dict[str, Any]], progress: Progress) -> Iterator[dict[str, Any]]:
    done = 0
    for done, row in enumerate(rows, 1):
        yield row
        if done % CHUNK == 0:
            progress.add(CHUNK)
    progress.add(done % CHUNK)
