"""What takes the garden long: counting its beds."""

from datetime import datetime
from io import BytesIO

from django.urls import reverse

from diedie_edu.accounts.permissions import Permission
from diedie_edu.files.kinds import FileKind, Reader
from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.actions.results import finish
from diedie_edu.jobs.kinds import JobKind
from diedie_edu.jobs.models import Job
from tests.fifth_programme.lists import SLUG
from tests.fifth_programme.models import Gardening


def count_beds(job: Job, now: datetime) -> None:
    finish(job=job, content=BytesIO(b"beds: %d" % Gardening.objects.count()), form="csv", now=now)


def is_gardener(reader: Reader, file: StoredFile) -> bool:
    return reader.is_authenticated and reader.may(Permission.PLAN_ACTIVITIES, SLUG)


BEDS = JobKind(
    slug="count_beds",
    title="Count the beds",
    may=lambda user, _params: user.may(Permission.PLAN_ACTIVITIES, SLUG),
    run=count_beds,
    again=lambda _job: reverse("fifth_programme:garden"),
)
PLAN_OF_BEDS = FileKind("plan_of_beds", may_read=is_gardener, is_shown=True)
