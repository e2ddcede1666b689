"""Which dates the weekly times ask for, and which of them are not there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from diedie_edu.activities.models import Activity
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import local_day, moment
from diedie_edu.venues.models import Booking, RoomRequest
from diedie_edu.venues.queries.availability import occupancy
from diedie_edu.venues.queries.special_days import calendar
from diedie_edu.venues.rules.availability import DAY, REACH, Obstacle, Occupancy
from happy_square.models import Group, MeetUp, WeeklyTime
from happy_square.rules.dates import days_of, meets_on

MEETS = Q(group__standing=Group.Standing.ACTIVE, group__state=Activity.State.PUBLISHED)

# Whose room was refused gets no further dates: another time or room is set first.
NOT_REFUSED = Q(request=None) | Q(request__state__in=RoomRequest.OPEN)


@dataclass(frozen=True)
class UsualDate:
    """A day on which a weekly time asks for a date."""

    usual: WeeklyTime
    day: date

    @property
    def booking(self) -> Booking:
        """The room that it would hold; not saved."""
        usual = self.usual
        return Booking(
            venue=usual.venue,
            starts_at=moment(self.day, usual.starts),
            ends_at=moment(self.day, usual.ends),
            purpose=usual.group.title,
            with_music=usual.with_music,
        )


def missing_dates(now: datetime, groups: Collection[int] | None = None) -> list[UsualDate]:
    """What the weekly times of groups (ids; without them, of all) ask for and is not there, in the
    order of groups; three queries."""
    times = WeeklyTime.objects.filter(MEETS, NOT_REFUSED, is_on=True).select_related(
        "group__programme", "venue", "request", "set_by"
    )
    if groups is not None:
        times = times.filter(group__in=groups)
    today, known = local_day(now), calendar()
    made = set(
        MeetUp.objects.filter(usual_day__gte=today, weekly_time__in=times).values_list(
            "weekly_time", "usual_day"
        )
    )
    return [
        UsualDate(usual, day)
        for usual in times.order_by("group", "weekday", "starts", "pk")
        for day in days_of(usual, today)
        if (usual.pk, day) not in made
        and moment(day, usual.starts) > now
        and meets_on(usual.group, day, known)
    ]


@dataclass(frozen=True)
class Kept:
    """A date that could not be made, why, and when its room is free instead."""

    date: UsualDate
    obstacle: Obstacle
    free: Sequence[Booking]

    @property
    def starts_at(self) -> datetime:
        return self.date.booking.starts_at


def kept_out(group: Group, now: datetime) -> list[Kept]:
    """What its weekly times ask for in vain, with the nearest free times."""
    missing = missing_dates(now, [group.pk])
    known = occupancy_of(missing, reach=REACH)
    found = [(row, row.booking) for row in missing]
    looked_at = [(row, wanted, known.obstacle(wanted)) for row, wanted in found]
    return [
        Kept(row, obstacle, known.nearest_free(wanted, lambda at: at > now))
        for row, wanted, obstacle in looked_at
        if obstacle
    ]


def occupancy_of(dates: Sequence[UsualDate], reach: int = 1) -> Occupancy:
    """All that decides whether their rooms are free, `reach` days around them too."""
    if not dates:
        return Occupancy(calendar())
    days = [row.day for row in dates]
    first, last = moment(min(days) - reach * DAY), moment(max(days) + (reach + 1) * DAY)
    return occupancy({row.usual.venue_id for row in dates}, first, last)


def as_usual_ahead(group: int, now: datetime) -> QuerySet[MeetUp]:
    """Dates ahead of a group (its number) that stand as its weekly times made them."""
    rows = MeetUp.objects.filter(
        group=group,
        confirmed_at=None,
        usual_day__isnull=False,
        occasion__starts_at__gt=now,
        occasion__is_called_off=False,
    )
    there = rows.filter(occasion__starts_at__date=F("usual_day"))
    return there.select_related("occasion__booking", "weekly_time", "group")


def suits_group(activity: int, day: date, calendar: Calendar) -> bool:
    """Whether a group meets on such a day; what is none is held on any."""
    group = Group.objects.filter(pk=activity).first()
    return group is None or meets_on(group, day, calendar)
