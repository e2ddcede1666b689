"""Celery rings the bell; every truth is in the database (docs/adr).

No task carries personal data, an ETA or a countdown: a tick finds its work in tables, so a
lost, doubled or late tick changes nothing.
"""

import os

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")

app = Celery("diedie_edu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
@signals.beat_init.connect
def refuse_unfit_database(**_: object) -> None:
    from diedie_edu.common.checks import refuse_unfit_database

    refuse_unfit_database()
