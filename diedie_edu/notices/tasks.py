"""What Celery beat rings; `manage.py run_outbox` does the same without it."""

from celery import shared_task

from diedie_edu.notices import outbox

# Seconds, far more than their rounds and calls take.
LIMITS = {"soft_time_limit": 150, "time_limit": 180}


@shared_task(**LIMITS)
def deliver() -> None:
    outbox.deliver()


@shared_task(**LIMITS)
def tick() -> None:
    outbox.tick()
