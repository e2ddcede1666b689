"""Volunteers who help at an event."""

from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import occasion_data
from diedie_edu.activities.models import Occasion
from diedie_edu.notices.actions import notify
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering import messages
from diedie_edu.volunteering.actions.duties import assign_duty
from diedie_edu.volunteering.models import Duty


@transaction.atomic
def put_on_duty(*, occasion: Occasion, volunteer: Volunteer, by: User, now: datetime) -> Duty:
    """Book somebody as a helper and tell them. Raises `Refused` as `assign_duty` does."""
    duty = assign_duty(
        occasion=occasion, volunteer=volunteer, work=Duty.Work.HELPER, by=by, now=now
    )
    notify(
        kind=messages.HELPING,
        recipients=[volunteer.resident_id],
        subject=messages.DUTY.of(duty.pk),
        data=occasion_data(occasion),
        now=now,
        expires_at=occasion.ends_at,
    )
    return duty
