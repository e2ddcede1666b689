"""Exports as their readers get them: asked for, written by a worker, opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diedie_edu.jobs.actions.leases import Progress
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.jobs.models import Job

REASON = {"reason": "核对"}


@contextmanager
def on_this_connection(job: Job) -> Iterator[Progress]:
    """A test's rows are seen by no other."""
    yield Progress(job, connection)


def written(job: Job) -> Job:
    """After a worker's turn."""
    with patch("diedie_edu.lists.actions.exports.progress_of", on_this_connection):
        assert run_next(timezone.now())
    job.refresh_from_db()
    return job


def exported(client: Client, address: str, **form: object) -> bytes | None:
    """The file; None for whoever may not have it."""
    answer = client.post(address, REASON | form)
    if answer.status_code != 302:
        assert answer.status_code == 403, answer
        return None
    job = written(Job.objects.latest("pk"))
    assert job.state == "done", job.reason
    return client.get(reverse("files:file", args=[job.result.key])).content
