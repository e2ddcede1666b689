"""A year of the calendar is marked complete, or not after all."""

from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.venues.models import CompleteYear


def mark_complete(*, year: int, by: User, now: datetime) -> None:
    """All its days off and make-up workdays are entered. Twice is harmless."""
    CompleteYear.objects.get_or_create(year=year, defaults={"marked_by": by, "marked_at": now})


def mark_incomplete(*, year: int, by: User) -> None:
    """It was a slip, or a day is missing. Twice is harmless."""
    CompleteYear.objects.filter(year=year).delete()
