"""Thanking speakers once their lecture is over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Cast, Concat, JSONObject

from diedie_edu.activities.queries import occasions
from diedie_edu.notices.actions import DEFAULT, plan_from
from diedie_edu.volunteering.models import Duty
from residents_school import messages

THANKED_WITHIN = timedelta(days=7)  # a thank-you that comes later is odd


@transaction.atomic
def thank_speakers(now: datetime) -> int:
    """At every tick: whoever spoke at a lecture that took place, once; how many messages."""
    spoke = (
        Duty.objects.filter(
            occasions.announced("occasion__activity__"), work=Duty.Work.SPEAKER, is_off=False
        )
        .filter(occasion__activity__lecture__isnull=False)
        .filter(ends_at__lte=now, ends_at__gt=now - THANKED_WITHIN)
        .exclude(volunteer=None)
    )
    people = spoke.order_by().values(
        recipient_id=F("volunteer__resident_id"),
        subject=Concat(Value("duty:"), Cast("pk", CharField()), output_field=CharField()),
        revision=Value("1", CharField()),
        data=JSONObject(
            activity=F("occasion__activity_id"),
            title=F("occasion__activity__title"),
            starts_at=F("starts_at"),
        ),
        next_try_at=Value(now, DateTimeField()),
        expires_at=F("ends_at") + THANKED_WITHIN,
    )
    return plan_from(kind=messages.THANKS, people=people, channels=DEFAULT, now=now)
