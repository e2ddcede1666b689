"""Asking guardians anew before their consent runs out."""

from datetime import datetime, timedelta

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat, JSONObject

from after_school import messages
from after_school.models import GuardianRight
from after_school.rules import PROGRAMME
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import DEFAULT, plan_from
from diedie_edu.people.models import Consent

ASKED_BEFORE = timedelta(days=30)


def plan_consent_reminders(now: datetime) -> int:
    """Tell every guardian once whose consent runs out within 30 days; how many messages."""
    today = local_day(now)
    running_out = Consent.objects.filter(
        text__programme=PROGRAMME,
        ended_at=None,
        child__isnull=False,
        valid_until__gte=today,
        valid_until__lte=today + ASKED_BEFORE,
    )
    rights = GuardianRight.objects.filter(child=OuterRef("child"), guardian=OuterRef("guardian"))
    people = (
        running_out.filter(Exists(rights))
        .order_by()
        .values(
            recipient_id=F("guardian_id"),
            subject=Concat(
                Value("child:"), Cast("child_id", CharField()), output_field=CharField()
            ),
            revision=Cast("pk", CharField()),
            data=JSONObject(
                child=F("child_id"), name=F("child__full_name"), until_on=F("valid_until")
            ),
            next_try_at=Value(now, DateTimeField()),
            expires_at=Value(None, DateTimeField()),
        )
    )
    return plan_from(kind=messages.CONSENT_RUNS_OUT, people=people, channels=DEFAULT, now=now)
