"""The life of an import beside that of its job: uploaded, confirmed, discarded, forgotten."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.files.actions import store
from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.models import Job
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
    """Keep the file until a worker's next tick; nothing is sent to the broker."""
    path, now = PurePath(file_name), timezone.now()
    name = f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}"[:LONGEST_NAME]
    upload = store.keep(
        kind=UPLOAD,
        form="sent",
        content=BytesIO(content),
        title=name,
        by=by,
        now=now,
        ends_at=now + 2 * KEEP_UNCONFIRMED,  # that of a job nobody ends
    )
    return ImportJob.objects.create(
        kind=KIND,
        params={"list": kind},
        title=name,
        given=upload,
        language=language,
        asked_by=by,
    )


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
