"""The life of an import beside that of its job: uploaded, confirmed, discarded, forgotten."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.id_numbers import without_numbers
from diedie_edu.common.spreadsheets.kept import what_may_stay, without_id_numbers
from diedie_edu.common.spreadsheets.reader import Table
from diedie_edu.files.actions import store
from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.models import Job
from diedie_edu.lists.kinds import list_kind
from diedie_edu.lists.models import ImportJob

KIND = "import"
UPLOAD = "upload"
LONGEST_NAME = 120
KEEP_UNCONFIRMED = KEEP_FINDINGS = timedelta(days=1)
State = ImportJob.State
NOTHING_SAID: Mapping[int, bool] = {}


@transaction.atomic
def accept_upload(
    *, kind: str, file_name: str, content: bytes, language: str, by: User
) -> ImportJob:
    """Keep the file until a worker's next tick; nothing is sent to the broker. PIPL art. 6, 28: of
    identity numbers in it nothing is kept, no list needs them. Raises `Refused` (as
    `without_id_numbers`)."""
    now = timezone.now()
    kept = without_id_numbers(content, list_kind(kind).columns(local_day(now)))
    path = PurePath(without_numbers(file_name))
    params: dict[str, Any] = {"list": kind}
    if kept:
        content, params["is_cells"] = kept.content, True
        params["id_numbers"] = {"columns": kept.columns, "cells": kept.cells}
    name = f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}"[:LONGEST_NAME]
    upload = _keep(content, name, by, now)
    return ImportJob.objects.create(
        kind=KIND,
        params=params,
        title=name,
        given=upload,
        language=language,
        asked_by=by,
    )


def _keep(content: bytes, name: str, by: User, now: datetime) -> StoredFile:
    return store.keep(
        kind=UPLOAD,
        form="sent",
        content=BytesIO(content),
        title=name,
        by=by,
        now=now,
        ends_at=now + 2 * KEEP_UNCONFIRMED,  # that of a job nobody ends
    )


def keep_what_may_stay(job: ImportJob, table: Table, now: datetime) -> None:
    """PIPL art. 28, 31: of rows and columns that may not come in nothing is kept. For a job that
    its worker holds, in the caller's transaction."""
    assert job.given is not None  # it has just been read
    old = job.given
    job.given = _keep(what_may_stay(table), old.title, job.asked_by, now)
    job.params = job.params | {"is_cells": True}
    ImportJob.objects.filter(pk=job.pk).update(given=job.given, params=job.params)
    store.remove(file=old)


@transaction.atomic
def confirm_import(
    *,
    job: ImportJob,
    is_sure: bool = False,
    lines: Mapping[int, bool] = NOTHING_SAID,
    hidden: str = "",
    now: datetime | None = None,
) -> bool:
    """Hand a checked list over for loading; False where that was done or discarded before. Of the
    lines in doubt, `lines` says by number whether each is a row: a list that gets more rows by that
    is checked once more. `hidden` says what becomes of rows that are hidden in the file.

    Raises `Refused` (`unanswered`) where it asks whether people live together and nobody `is_sure`,
    (`lines_unanswered`) where it asks what a line is, (`hidden_unanswered`) where nobody chose.
    """
    doubts = [doubt["row"] for doubt in job.preview.get("doubts", ())]
    if any(row not in lines for row in doubts):
        raise Refused("lines_unanswered", _("Please say of each line whether it is a row."))
    rows = [row for row in doubts if lines[row]]
    if rows:
        said = [*job.lines_said["rows"], *rows], [*job.lines_said["none"], *set(doubts) - {*rows}]
        params = job.params | {"lines": dict(zip(("rows", "none"), said, strict=True))}
        return asking.look_again(job=job, params=params)
    if job.asks and not is_sure:
        raise Refused("unanswered", _("Please look at the households, and tick that it is so."))
    if job.ways and hidden not in dict(job.ways):
        raise Refused("hidden_unanswered", _("Please choose what becomes of the hidden rows."))
    if not asking.confirm(job=job, now=now or timezone.now()):
        return False
    if job.ways:
        ImportJob.objects.filter(pk=job.pk).update(params=job.params | {"hidden": hidden})
    return True


def discard_import(*, job: ImportJob, now: datetime) -> bool:
    """Erase a checked list unloaded; False where it was loaded or discarded before."""
    return asking.cancel(job=job, states=(State.WAITING,), now=now)


def forget_preview(job: Job) -> None:
    """It shows the first rows, and goes with the file."""
    ImportJob.objects.filter(pk=job.pk).update(preview={})


def tidy(now: datetime) -> None:
    """Discard what nobody confirmed within a day, erase faults that are a day old, and files of
    imports that went with whoever asked for them."""
    waiting = ImportJob.objects.filter(state=State.WAITING, asked_at__lt=now - KEEP_UNCONFIRMED)
    for job in waiting:
        discard_import(job=job, now=now)
    ImportJob.objects.filter(ended_at__lt=now - KEEP_FINDINGS).exclude(faults=[]).update(faults=[])
    for file in StoredFile.objects.filter(kind=UPLOAD, job_given=None):
        store.remove(file=file)
