"""The local day and its words, weekends, and the working-day calendar of China."""

from diedie_edu.common.days.calendar import Calendar, SpecialDayKind
from diedie_edu.common.days.clock import (
    ZONE,
    days_of_year,
    is_weekend,
    local,
    local_day,
    local_now,
    moment,
    week_of,
    weekend_of,
)
from diedie_edu.common.days.parts import PartOfWeek
from diedie_edu.common.days.wording import (
    day_text,
    duration_text,
    moment_text,
    span_text,
    time_text,
    weekday_text,
)

__all__ = [
    "ZONE",
    "Calendar",
    "PartOfWeek",
    "SpecialDayKind",
    "day_text",
    "days_of_year",
    "duration_text",
    "is_weekend",
    "local",
    "local_day",
    "local_now",
    "moment",
    "moment_text",
    "span_text",
    "time_text",
    "week_of",
    "weekday_text",
    "weekend_of",
]
