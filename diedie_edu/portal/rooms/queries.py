"""What holds the rooms of the community, over all programmes, as a reader may know it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities import traits
from diedie_edu.activities.models import Activity
from diedie_edu.common.days import local_day, moment
from diedie_edu.portal.calendar.queries import notes_of_days
from diedie_edu.portal.rooms.glance import Glance
from diedie_edu.portal.rooms.plan import Entry, Row, Timetable
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.queries import availability
from diedie_edu.venues.queries.requests import askers
from diedie_edu.venues.rules.availability import Span
from diedie_edu.venues.rules.stretches import stretches

DAY = timedelta(days=1)
Reader = User | AnonymousUser | None
HOLDER = "occasion__activity__programme"


def all_rooms() -> list[Venue]:
    """Each whole with its parts below it."""
    rooms = Venue.objects.select_related("part_of")
    return sorted(rooms, key=lambda row: (row.ground, row.part_of_id is not None, row.pk))


def timetable(venues: Sequence[Venue], days: Sequence[date], reader: Reader) -> Timetable:
    """These rooms on these days, in a fixed number of queries."""
    ids = [venue.pk for venue in venues]
    start, end = moment(days[0]), moment(days[-1] + DAY)
    found = availability.held(ids, start, end).select_related("venue", "programme", HOLDER)
    known = replace(availability.opening(ids, start, end), bookings=list(found))
    notes, sees_all = notes_of_days(), may_see_all(reader)
    rows = []
    for venue in venues:
        for day in days:
            spans = stretches(known, venue, moment(day), moment(day + DAY))
            held = {row for span in spans for row in span.bookings}
            entries = {row.pk: entry(row, venue, sees_all) for row in held}
            rows.append(Row(venue, day, spans, entries, notes.of(day)))
    return Timetable(rows)


def glances(venues: Sequence[Venue], days: Sequence[date]) -> list[tuple[Venue, list[Glance]]]:
    """How full these rooms are on these days, in a fixed number of queries."""
    ids = [venue.pk for venue in venues]
    start, end = moment(days[0]), moment(days[-1] + DAY)
    known = availability.opening(ids, start, end)
    held: dict[tuple[int, date], list[Span]] = defaultdict(list)
    found = availability.held(ids, start, end).order_by("starts_at")
    for pk, starts_at, ends_at in found.values_list("venue", "starts_at", "ends_at"):
        held[pk, local_day(starts_at)].append((starts_at, ends_at))
    rows = []
    for venue in venues:
        same = [row.pk for row in venues if row.shares_ground_with(venue)]
        spans = [[span for pk in same for span in held[pk, day]] for day in days]
        opens = [known.open_spans(venue, day) for day in days]
        rows.append((venue, list(map(Glance, days, opens, spans))))
    return rows


def may_see_all(reader: Reader) -> bool:
    """Drafts and what partners hold, by name."""
    return reader is not None and reader.is_authenticated and reader.may(Permission.OPEN_DESK)


def may_ask(reader: Reader) -> bool:
    """Whether free times lead to asking for them."""
    return reader is not None and reader.is_authenticated and bool(askers(reader))


def entry(row: Booking, venue: Venue, sees_all: bool) -> Entry:
    """House rule: residents read what is announced; the rest is just taken."""
    activity = row.occasion.activity if hasattr(row, "occasion") else None
    is_public = activity is not None and activity.was_announced
    if not (is_public or sees_all):
        return Entry(row, venue=_other(row, venue))
    return Entry(
        row,
        title=activity.title if activity else row.purpose,
        programme=activity.programme if activity else row.programme,
        url=_url(activity, sees_all),
        venue=_other(row, venue),
    )


def _other(row: Booking, venue: Venue) -> Venue | None:
    return row.venue if row.venue_id != venue.pk else None


def _url(activity: Activity | None, sees_all: bool) -> str:
    """Where staff change it; the page of all where they do not, and for residents."""
    if activity is None:
        return ""
    own = traits.change_url(activity) if sees_all else ""
    return own or (reverse("portal:activity", args=[activity.pk]) if activity.was_announced else "")
