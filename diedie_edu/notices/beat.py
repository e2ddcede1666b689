"""Celery beat without a memory."""

from typing import Any

from celery.beat import Scheduler


class Beat(Scheduler):
    """Keeps nothing on disk, and goes on when the clock is set back.

    Celery's own scheduler waits until the old time comes round again: an hour set back is an
    hour without reminders.
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        now = self.app.now()
        if any(entry.last_run_at > now for entry in self.schedule.values()):
            for entry in self.schedule.values():
                entry.last_run_at = now
            self._heap = None
        return super().tick(*args, **kwargs)
