"""Celery rings the bell; every truth is in the database (docs/adr).

No task carries personal data, an ETA or a countdown: a tick finds its work in tables, so a
lost, doubled or late tick changes nothing.
"""

import logging
import os
from typing import Any

from celery import Celery, Task, signals
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")
logger = logging.getLogger(__name__)


class WaitingTask(Task):
    """Where the database is away, its work waits there for the next bell. What beat rings is noted
    when it ends, and upkeep is done by one worker at a time (`keeping`)."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from diedie_edu.keeping.actions import runs

        name = runs.bells().get(self.name)
        try:
            if name is None:
                return super().__call__(*args, **kwargs)
            longest = self.time_limit or settings.CELERY_TASK_TIME_LIMIT
            with runs.held_alone(name, longest) as is_ours:
                if is_ours:
                    with runs.noted(name):
                        super().__call__(*args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            logger.error("%s waits: %s", self.name, type(error).__name__)


app = Celery("diedie_edu", task_cls=WaitingTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.task_prerun.connect
def let_old_connections_go(**_: object) -> None:
    """A bell uses the connection of the one before as long as that is sound and young."""
    close_old_connections()


@signals.worker_init.connect
@signals.beat_init.connect
def refuse_unfit_database(**_: object) -> None:
    from diedie_edu.common.checks import refuse_unfit_database

    refuse_unfit_database()
