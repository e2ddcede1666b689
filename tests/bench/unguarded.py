"""The portal with its guard taken out: seats are counted, then taken.

For the negative control of `overbooking` alone: it shows that the trials would notice.
"""

from diedie_edu.wsgi import application  # first: it sets Django up

# isort: split
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity, SignUp

__all__ = ["application"]


def _count_then_take(activity_id: int) -> bool:
    activity = Activity.objects.get(pk=activity_id)
    seated = SignUp.objects.filter(activity=activity_id, status=SignUp.Status.SEATED)
    if seated.count() >= activity.capacity:
        return False
    activity.taken += 1
    activity.save(update_fields=["taken"])
    return True


seats._take_seat = _count_then_take
