"""What comes of a job: a file, for whoever asked, for a day."""

from datetime import datetime, timedelta
from typing import IO

from django.db import transaction

from diedie_edu.files.actions import store
from diedie_edu.jobs.actions.leases import end_held
from diedie_edu.jobs.models import Job

KIND = "job_result"
KEEP = timedelta(days=1)


@transaction.atomic
def finish(*, job: Job, content: IO[bytes], form: str, now: datetime) -> None:
    """Keep the file and end the job, both or neither. Raises `LeaseLostError`."""
    result = store.keep(
        kind=KIND,
        form=form,
        content=content,
        title=job.title,
        by=job.asked_by,
        now=now,
        ends_at=now + KEEP,
    )
    end_held(job, Job.State.DONE, now, result=result)
