from celery import shared_task

from diedie_edu.common.days import local_now
from diedie_edu.files.actions import store


@shared_task(ignore_result=True)
def sweep() -> None:
    store.sweep(now=local_now())
