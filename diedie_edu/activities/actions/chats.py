"""What staff's group chats hear of dates that are called off."""

from collections.abc import Collection
from datetime import datetime

from diedie_edu.activities.messages import ACTIVITY, occasion_data
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.belonging import belonging
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions.chats import message_to, queue
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.queries.robots import saying


def tell_of_dates(kind: Kind, occasions: Collection[int], now: datetime) -> None:
    """Once for each activity and day of dates (ids) that lie ahead; nobody knows of a draft. One
    statement where no robot says such alerts, three for any number of dates otherwise."""
    robots = saying(kind)
    if not robots:
        return
    ahead = Occasion.objects.filter(pk__in=occasions, ends_at__gt=now)
    ahead = ahead.exclude(activity__state=Activity.State.DRAFT).exclude(activity__is_dropped=True)
    rows = ahead.select_related("activity__programme", "venue").order_by("-starts_at", "-pk")
    firsts = {(row.activity_id, local_day(row.starts_at)): row for row in rows}
    queue(
        message_to(
            robot,
            kind=kind,
            subject=ACTIVITY.of(activity),
            revision=f"closed-{day}.{now:%Y%m%d%H%M%S}",
            data=occasion_data(row),
            now=now,
            expires_at=row.ends_at,
        )
        for (activity, day), row in firsts.items()
        for robot in robots
        if robot.speaks_of(belonging(row.activity).slug_of(row.activity))
    )
