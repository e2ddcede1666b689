"""The portal with its guard taken out: seats are counted, then taken.

For the negative control of `overbooking` alone: it shows that the trials would notice.
"""

import time

from diedie_edu.wsgi import application  # first: it sets Django up

# isort: split
from diedie_edu.activities.actions import taking
from diedie_edu.activities.models import Activity, SignUp
from tests.support.seats import take_unguarded

__all__ = ["application"]
A_BUSY_MOMENT = 0.02  # seconds between counting and taking, in which the other worker counts too


def _count_then_take(activity, people, by, now, **_is_told):
    fresh = Activity.objects.get(pk=activity.pk)
    seated = SignUp.objects.filter(activity=activity, status=SignUp.Status.SEATED)
    if seated.count() + len(people) > fresh.capacity:
        return []
    time.sleep(A_BUSY_MOMENT)
    return take_unguarded(fresh, people, by, now)


taking.take_seats = _count_then_take
