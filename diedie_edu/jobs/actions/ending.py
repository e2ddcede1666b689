"""How a job ends, in any way: what it was given goes, and what its app keeps of it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from diedie_edu.files.actions import store
from diedie_edu.jobs.kinds import job_kind
from diedie_edu.jobs.models import Job


@transaction.atomic
def end_where(rows: QuerySet[Job], job: Job, state: str, now: datetime, **values: Any) -> bool:
    """End a job if it is still one of `rows`; False where it is not."""
    held: dict[str, Any] = {"lease": None, "lease_until": None, "given": None, "words": ""}
    if not rows.filter(pk=job.pk).update(state=state, ended_at=now, **held, **values):
        return False
    if job.given:
        store.remove(file=job.given)
    job_kind(job.kind).forget(job)
    return True
