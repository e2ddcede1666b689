"""What went out elsewhere, written down."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.publicity.models import OutwardRecord
from diedie_edu.publicity.rules.records import check_days


@transaction.atomic
def keep(*, record: OutwardRecord, by: User, now: datetime) -> OutwardRecord:
    """Enter a record or change it. Raises `Refused` (`ahead`, `over_first`)."""
    check_days(record.went_out_on, record.over_on, local_day(now))
    if record.pk is None:
        record.entered_at, record.entered_by = now, by
    record.save()
    return record


def take_in(*, record: OutwardRecord, on: date) -> None:
    """Nothing of it is out there any more. Twice is harmless."""
    OutwardRecord.objects.filter(pk=record.pk, over_on=None).update(over_on=on)
