"""The portal with its guard taken out: seats are counted, then taken.

For the negative control of `overbooking` alone: it shows that the trials would notice.
"""

import time

from diedie_edu.wsgi import application  # first: it sets Django up

# isort: split
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity, SignUp

__all__ = ["application"]
A_BUSY_MOMENT = 0.02  # seconds between counting and taking, in which the other worker counts too


def _count_then_take(activity_id: int, places: int) -> bool:
    activity = Activity.objects.get(pk=activity_id)
    seated = SignUp.objects.filter(activity=activity_id, status=SignUp.Status.SEATED)
    if seated.count() + places > activity.capacity:
        return False
    time.sleep(A_BUSY_MOMENT)
    activity.taken += places
    activity.save(update_fields=["taken"])
    return True


seats.take_places = _count_then_take
