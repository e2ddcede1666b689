"""A season of lectures as it would come again."""

from datetime import date, datetime, timedelta

from diedie_edu.activities.models import Activity
from diedie_edu.common.days import moment
from diedie_edu.venues.queries import availability
from residents_school.queries.lectures import lectures
from residents_school.rules.copies import CopiedDay, check_copy, copies

DAY = timedelta(days=1)


def copied_days(first: date, last: date, weeks: int, now: datetime) -> list[CopiedDay]:
    """What stood between two days (both included), so many weeks later; seven queries however
    many lectures. Raises `Refused` where it cannot be worked out."""
    check_copy(weeks, first, last)
    start, end, later = moment(first), moment(last + DAY), timedelta(weeks=weeks)
    rows = lectures().exclude(state=Activity.State.CALLED_OFF)
    found = list(rows.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "pk"))
    rooms = {row.occasion.venue_id for row in found}
    occupancy = availability.occupancy(rooms, start + later, end + later)
    return list(copies(found, weeks, occupancy, now))
