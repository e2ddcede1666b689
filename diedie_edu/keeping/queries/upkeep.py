"""Which of beat's tasks ran when, how old the last back-up is, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from diedie_edu.keeping.models import Run

NIGHTLY = "nightly_back_up"  # the run that made one; its bell rings by the hour
BACK_UP_LASTS = timedelta(hours=26)
GRACE = timedelta(minutes=10)  # beyond twice the time between two bells


@dataclass(frozen=True)
class Bell:
    """A task that beat rings: how often, when it ran last, and since when it fails."""

    name: str
    task: str
    every: timedelta
    ran_at: datetime | None
    failed_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Also where its last run lies ahead: the clock was set back."""
        return self.ran_at is None or not now - self.every < self.ran_at <= now

    def is_late(self, now: datetime) -> bool:
        """It should have run by now, and more than once."""
        return self.ran_at is not None and self.ran_at < now - 2 * self.every - GRACE


def bells() -> Iterator[Bell]:
    runs = {run.name: run for run in Run.objects.all()}
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        run = runs.get(name, Run())
        every = timedelta(seconds=entry["schedule"])
        yield Bell(name, entry["task"], every, run.ran_at, run.failed_at)


def saved_at() -> datetime | None:
    """When the last nightly back-up was made."""
    return Run.objects.filter(name=NIGHTLY).values_list("ran_at", flat=True).first()


def is_saved_nightly() -> bool:
    return bool(settings.BACKUP_FOLDER)


def back_up_fails() -> bool:
    return is_saved_nightly() and Run.objects.filter(name=NIGHTLY).exclude(failed_at=None).exists()


def back_up_is_old(now: datetime) -> bool:
    """None was made for 26 hours; before the first one its bell alone is asked."""
    at = saved_at()
    return is_saved_nightly() and at is not None and at < now - BACK_UP_LASTS


def wrong(now: datetime) -> list[str]:
    """The names of what somebody should look at."""
    found = [bell.name for bell in bells() if bell.failed_at or bell.is_late(now)]
    if back_up_fails() or back_up_is_old(now):
        found.append(NIGHTLY)
    return found
