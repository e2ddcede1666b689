"""The other side of `notices`: a task for every recipient, on the portal's own worker."""

from django.utils import timezone

from diedie_edu.celery import app
from diedie_edu.notices.models import Notice, Status


@app.task
def deliver_one(pk: int) -> None:
    """Deliver one message in the portal, once."""
    Notice.objects.filter(pk=pk, status=Status.QUEUED).update(
        status=Status.DELIVERED, settled_at=timezone.now(), tries=1
    )
