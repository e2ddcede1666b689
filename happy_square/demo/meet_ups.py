"""The meet-ups of the demo season: ten weeks that lie behind, with who came, and what is ahead."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.schedule import add_occasions
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.common.days import local_day, moment, week_of
from diedie_edu.venues.models import Booking
from diedie_edu.venues.queries.availability import occupancy
from happy_square.actions.dates import make_dates
from happy_square.models import Group, MeetUp, WeeklyTime

Facts = dict[str, Any]
WEEKS_BACK = 10
DAY = timedelta(days=1)
ANNOUNCED = 4 * DAY
OFF_EVERY, NOTE_EVERY = 13, 4  # meet-ups

Planned = tuple[WeeklyTime, Booking]


def create_meet_ups(group: Group, by: User, facts: Facts, random: Random, now: datetime) -> None:
    """Wherever the room was open and free; now and then one was called off."""
    planned = list(_planned(group, now))
    for number, (_time, room) in enumerate(planned):
        room.is_off = number % OFF_EVERY == OFF_EVERY - 1
    occasions = add_occasions(activity=group, wanted=[room for _time, room in planned])
    rows = [
        _meet_up(one, usual, by, facts, random)
        for one, (usual, _room) in zip(occasions, planned, strict=True)
    ]
    MeetUp.objects.bulk_create(rows)
    _count_people(group, [row.occasion for row in rows if row.counted_at], by, facts, random)


def plan_ahead(by: User, now: datetime) -> None:
    """The dates ahead make themselves, as usual; those of the next days are announced."""
    make_dates(now)
    soon = MeetUp.objects.filter(occasion__starts_at__range=(now, now + ANNOUNCED))
    soon.update(confirmed_at=now, confirmed_by=by)


def _planned(group: Group, now: datetime) -> Iterator[Planned]:
    monday = week_of(local_day(now))[0] - WEEKS_BACK * 7 * DAY
    weeks = [monday + 7 * number * DAY for number in range(WEEKS_BACK + 1)]
    times = list(group.weekly_times.select_related("venue"))
    rooms = [(row, _room(row, week + (row.weekday - 1) * DAY)) for week in weeks for row in times]
    venues = {row.venue_id for row in times}
    known = occupancy(venues, moment(weeks[0]), moment(weeks[-1] + 7 * DAY))
    over = ((row, room) for row, room in rooms if room.ends_at < now)
    return ((row, room) for row, room in over if not known.obstacle(room))


def _room(usual: WeeklyTime, day: date) -> Booking:
    starts_at, ends_at = moment(day, usual.starts), moment(day, usual.ends)
    return Booking(venue=usual.venue, starts_at=starts_at, ends_at=ends_at)


def _meet_up(
    occasion: Occasion, usual: WeeklyTime, by: User, facts: Facts, random: Random
) -> MeetUp:
    row = MeetUp(
        occasion=occasion,
        group_id=occasion.activity_id,
        weekly_time=usual,
        usual_day=local_day(occasion.starts_at),
        confirmed_at=occasion.starts_at - 2 * DAY,
        confirmed_by=by,
    )
    if occasion.is_called_off:
        row.off_reason = random.choice(facts["off_reasons"])
        return row
    row.counted_at, row.counted_by = occasion.ends_at, by
    row.guests = random.randint(*facts["guests"])
    row.note = random.choice(facts["notes"]) if random.randrange(NOTE_EVERY) == 0 else ""
    return row


def _count_people(
    group: Group, held: list[Occasion], by: User, facts: Facts, random: Random
) -> None:
    members = list(group.memberships.order_by("pk").values_list("resident", "since"))
    Attendance.objects.bulk_create(
        Attendance(
            occasion=occasion,
            resident_id=resident,
            arrived_at=occasion.starts_at - timedelta(minutes=random.randint(0, 15)),
            recorded_by=by,
        )
        for occasion in held
        for resident, since in members
        if since <= local_day(occasion.starts_at) and random.random() < facts["comes"]
    )
