"""What Celery beat rings for accounts."""

from celery import shared_task
from django.core.management import call_command

from diedie_edu.accounts.actions import forget_old_codes, forget_old_tries
from diedie_edu.common.days import local_now


@shared_task
def tidy() -> None:
    """Delete codes and sessions that have lapsed, the phones in them, and old counts of tries."""
    forget_old_codes(local_now())
    forget_old_tries(local_now())
    call_command("clearsessions")
