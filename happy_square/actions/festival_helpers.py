"""Volunteers who help at a festival."""

from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import occasion_data
from diedie_edu.notices.actions import notify
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions import duties
from diedie_edu.volunteering.messages import DUTY
from diedie_edu.volunteering.models import Duty
from happy_square import festival_messages
from happy_square.models import Festival


@transaction.atomic
def put_on_duty(*, festival: Festival, volunteer: Volunteer, by: User, now: datetime) -> Duty:
    """Book somebody as a helper and tell them. Raises `Refused` as `assign_duty` does."""
    occasion = festival.occasions.select_related("activity", "venue").get()
    duty = duties.assign_duty(
        occasion=occasion, volunteer=volunteer, work=Duty.Work.HELPER, by=by, now=now
    )
    notify(
        kind=festival_messages.FESTIVAL_DUTY,
        recipients=[volunteer.resident_id],
        subject=DUTY.of(duty.pk),
        data=occasion_data(occasion),
        now=now,
        expires_at=occasion.ends_at,
    )
    return duty
