"""Which long work there is: every app brings its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import parts_by
from diedie_edu.jobs.models import Job


def nothing(job: Job) -> None:
    pass


@dataclass(frozen=True)
class JobKind:
    """One kind of long work.

    `run(job, now)` does it and ends the job (`actions.ending`), or raises `Refused`; what it does
    must not be seen before it ends, for it may be started anew. `may(user, params)` is asked when
    it is asked for, when it runs and when its result is opened. `again(job)` is the address where
    it is asked for, `page` the name of its page where the room's own is not enough.
    `forget(job)` erases what the app keeps of it besides, as soon as it has ended in any way.
    """

    slug: str
    title: Promise
    may: Callable[[User, dict[str, Any]], bool]
    run: Callable[[Job, datetime], None]
    again: Callable[[Job], str]
    page: str = "jobs:job"
    forget: Callable[[Job], None] = nothing

    def url_of(self, job: Job) -> str:
        return reverse(self.page, args=[job.pk])


def job_kind(slug: str) -> JobKind:
    """Raises `KeyError` for a kind that no app brings."""
    return parts_by(JobKind, "slug")[slug]
