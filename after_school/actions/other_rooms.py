"""An afternoon whose room is closed: another room with enough places, or none of its zones."""

from collections.abc import Collection
from datetime import datetime

from after_school import day_messages, messages
from after_school.actions.days_off import notify_families
from after_school.models import Enrolment, Zone, ZoneDay
from after_school.queries.expected import enrolled_on
from after_school.queries.sessions import sessions_with
from after_school.rules.terms import check_places
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Occasion
from diedie_edu.notices.actions import notify
from diedie_edu.venues.models import Venue
from diedie_edu.volunteering.queries.duties import duties_at


def moved(occasion: Occasion, was: datetime, by: User, now: datetime) -> None:
    """Guardians of the zone's children, and whoever is on duty there, hear of the other room."""
    zone_day = ZoneDay.objects.select_related("session__term").get(occasion=occasion.pk)
    session = zone_day.session
    facts = {"venue_zh": occasion.venue.title_zh, "venue_en": occasion.venue.title_en}
    of_zone = Enrolment.objects.filter(zone=zone_day.zone_id).values("child")
    children = enrolled_on([session]).filter(pk__in=of_zone)
    notify_families(day_messages.OTHER_ROOM, children, [session], facts, now)
    notify(
        kind=day_messages.OTHER_ROOM_ON_DUTY,
        recipients=list(duties_at([occasion.pk]).values_list("volunteer__resident", flat=True)),
        subject=messages.SESSION.of(session.pk),
        revision=f"{now:%Y%m%d%H%M%S%f}",
        data=facts | {"starts_at": occasion.starts_at.isoformat()},
        expires_at=occasion.ends_at,
        now=now,
    )


def off_with(occasions: Collection[int]) -> list[int]:
    """An afternoon is called off in all its zones."""
    sessions = sessions_with(occasions)
    found = Occasion.objects.filter(zone_day__session__in=sessions, is_called_off=False)
    return list(found.order_by("pk").values_list("pk", flat=True))


def check_room(occasion: Occasion, venue: Venue) -> None:
    """House rule: a zone's children go only where there are places for all of them."""
    zone = Zone.objects.get(zone_days__occasion=occasion.pk)
    check_places(zone.places, venue)
