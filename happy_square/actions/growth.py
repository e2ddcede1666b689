"""Staff set the day from which growth counts."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from happy_square.models import GrowthStart


@transaction.atomic
def set_start(*, day: date, by: User, now: datetime) -> GrowthStart:
    """From this day on first visits are new faces."""
    return GrowthStart.objects.create(day=day, set_by=by, set_at=now)
