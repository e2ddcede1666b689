"""Staff set the day from which growth counts."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from happy_square.models import GrowthStart
from happy_square.rules import growth


@transaction.atomic
def set_start(*, day: date, by: User, now: datetime) -> GrowthStart:
    """From this day on first visits are new faces. Raises `Refused` (`ahead`)."""
    growth.check_start(day, local_day(now))
    return GrowthStart.objects.create(day=day, set_by=by, set_at=now)
