"""Reads of jobs. Nobody has a list of other people's."""

from datetime import datetime

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.kinds import job_kind
from diedie_edu.jobs.models import Job


def jobs_of(user: User) -> QuerySet[Job]:
    """What the account has asked for, the last first."""
    return Job.objects.filter(asked_by=user).select_related("result")


def may_read_result(reader: Reader, file: StoredFile) -> bool:
    """Whoever asked for it, as long as they still may."""
    job = Job.objects.filter(result=file, asked_by=reader.pk).first()
    return job is not None and job_kind(job.kind).may(reader, job.params)  # type: ignore[arg-type]


def result_of(job: Job, now: datetime) -> StoredFile | None:
    """None while there is none, and once its day is over, swept or not."""
    file = job.result
    return file if file and file.ends_at and file.ends_at > now else None
