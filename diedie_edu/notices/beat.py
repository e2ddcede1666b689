"""Celery beat, whose memory is the database."""

from typing import Any

from celery.beat import Scheduler
from django.db import connections
from django.utils import timezone

from diedie_edu.keeping.queries import upkeep


class Beat(Scheduler):
    """Keeps nothing on disk, rings at its start for what should have run by now, and goes on when
    the clock is set back.

    Celery's own counts from its start: a portal that is restarted within the hour would never do
    what is done by the hour.

    Celery's own scheduler waits until the old time comes round again: an hour set back is an
    hour without reminders.
    """

    def setup_schedule(self) -> None:
        super().setup_schedule()
        now = timezone.now()
        for bell in upkeep.bells():
            if entry := self.schedule.get(bell.name):
                entry.last_run_at = now - bell.every if bell.is_due(now) else bell.ran_at
        connections.close_all()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        now = self.app.now()
        if any(entry.last_run_at > now for entry in self.schedule.values()):
            for entry in self.schedule.values():
                entry.last_run_at = now
            self._heap = None
        return super().tick(*args, **kwargs)
