"""What of activities stays ended when an older back-up is brought back."""

from datetime import datetime

from diedie_edu.activities.models import CalendarFeed
from diedie_edu.common.endings import EndingKind


def _feed(number: int, how: str, _now: datetime) -> bool:
    """Its address leads nowhere; `how` is the digest of the one that was given up."""
    return bool(CalendarFeed.objects.filter(pk=number, digest=how).delete()[0])


FEED = "activities_calendarfeed"
ENDINGS = (
    EndingKind("feed", 14, FEED, "DELETE", _feed, number="OLD.id", how="OLD.digest"),
    EndingKind(
        "feed_renewed",
        14,
        FEED,
        "UPDATE",
        _feed,
        when="NEW.digest <> OLD.digest",
        how="OLD.digest",
    ),
)
