"""What Celery beat rings; `manage.py run_outbox` does the same without it."""

from celery import shared_task

from diedie_edu.notices import outbox


@shared_task
def deliver() -> None:
    outbox.deliver()


@shared_task
def tick() -> None:
    outbox.tick()
