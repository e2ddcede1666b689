"""Addresses with the host in them, as calendars, QR codes and paper need them."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from diedie_edu.activities.models import Activity


def absolute(name: str, *args: Any) -> str:
    """The whole address of the page called `name`."""
    return settings.PORTAL_URL + reverse(name, args=args)


def address_of(activity: Activity) -> str:
    """The page of an activity, whatever its programme."""
    return absolute("portal:activity", activity.pk)
