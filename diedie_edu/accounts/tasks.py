"""What Celery beat rings for accounts."""

from celery import shared_task
from django.core.management import call_command

from diedie_edu.accounts.actions import forget_old_codes
from diedie_edu.common.days import local_now


@shared_task
def tidy() -> None:
    """Delete codes and sessions that have lapsed, and the phones in them."""
    forget_old_codes(local_now())
    call_command("clearsessions")
