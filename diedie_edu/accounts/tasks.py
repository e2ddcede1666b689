"""What Celery beat rings for accounts."""

from celery import shared_task
from django.core.management import call_command

from diedie_edu.accounts.actions import codes, devices, trail, tries
from diedie_edu.common.days import local_now


@shared_task
def tidy() -> None:
    """Delete codes and sessions that have lapsed, the phones in them, browsers that nobody used
    for a year, old counts of tries and the old end of the trail."""
    codes.forget_old_codes(local_now())
    devices.forget_old_devices(local_now())
    tries.forget_old_tries(local_now())
    trail.forget_old_events(local_now())
    call_command("clearsessions")
