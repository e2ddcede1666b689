"""The yearly audit pack, written by a worker: a year of looks is many thousand rows."""

from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.jobs.actions.results import finish
from diedie_edu.jobs.kinds import JobKind
from diedie_edu.jobs.models import Job
from diedie_edu.people.audit import save_pack


def may_ask(user: User, params: dict[str, Any]) -> bool:
    return user.may(Permission.OPEN_CHILDREN, PROGRAMME)


def write_pack(job: Job, now: datetime) -> None:
    """`params`: year."""
    with TemporaryFile() as file:
        save_pack(file, job.params["year"])
        finish(job=job, content=file, form="xlsx", now=now)


AUDIT_PACK = JobKind(
    slug="audit_pack",
    title=_("Audit pack"),
    may=may_ask,
    run=write_pack,
    again=lambda _job: reverse("after_school:audit_pack"),
)
