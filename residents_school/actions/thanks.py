"""Thanking speakers once their lecture is over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from diedie_edu.activities.messages import occasion_facts
from diedie_edu.activities.queries import occasions
from diedie_edu.notices.actions import plan_from
from diedie_edu.notices.subjects import as_messages
from diedie_edu.volunteering.messages import DUTY
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
    people = as_messages(
        spoke,
        recipient="volunteer__resident_id",
        subject=DUTY.at("pk"),
        revision="1",
        data=occasion_facts("occasion__"),
        now=now,
        expires_at=F("ends_at") + THANKED_WITHIN,
    )
    return plan_from(kind=messages.THANKS, people=people, now=now)
