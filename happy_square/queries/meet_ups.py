"""Which dates groups have, and who is at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from diedie_edu.activities.models import Activity, Attendance, Occasion, SignUp
from diedie_edu.common.composed import Composed, OneOf
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.errors import refusal_of
from diedie_edu.door.rules.opening import check_register_open
from diedie_edu.people.models import Resident
from happy_square.models import Group, MeetUp, Trial
from happy_square.participants import members_at
from happy_square.queries.groups import LISTED
from happy_square.rules.dates import check_can_be_called_off

DAY = timedelta(days=1)
DAYS_SHOWN = 7
DAYS_AHEAD, DATES_SHOWN = 14, 4  # to a member


def meet_ups() -> QuerySet[MeetUp]:
    """Every date of groups with its occasion, booking, venue and group, soonest first."""
    rows = MeetUp.objects.select_related(
        "occasion__booking__request", "occasion__venue", "group__kind"
    )
    return rows.order_by("occasion__starts_at", "occasion")


def shown_between(first: date, last: date) -> QuerySet[MeetUp]:
    """What residents see of the days from `first` to `last`, called-off dates too."""
    return meet_ups().filter(
        occasion__starts_at__gte=moment(first),
        occasion__starts_at__lt=moment(last + DAY),
        group__state=Activity.State.PUBLISHED,
        group__standing__in=LISTED,
    )


def week_ahead(now: datetime) -> QuerySet[MeetUp]:
    """Today and the six days after it, without what is over."""
    today = local_day(now)
    rows = shown_between(today, today + (DAYS_SHOWN - 1) * DAY)
    return rows.filter(occasion__ends_at__gt=now)


def of_group(group: int) -> QuerySet[MeetUp]:
    return meet_ups().filter(group=group)


def standing_ahead(group: int, start: datetime, end: datetime) -> QuerySet[MeetUp]:
    """What is not called off and begins in (start, end] at a group (its number)."""
    return of_group(group).filter(
        occasion__starts_at__gt=start,
        occasion__starts_at__lte=end,
        occasion__is_called_off=False,
    )


def held_since(group: int, start: datetime, end: datetime) -> QuerySet[MeetUp]:
    """What took place between the two."""
    return standing_ahead(group, start, end).filter(occasion__ends_at__lte=end)


def written_about(group: int, now: datetime) -> QuerySet[MeetUp]:
    """What took place at a group and was written about, the latest first."""
    rows = MeetUp.objects.filter(
        group=group, occasion__ends_at__lte=now, occasion__is_called_off=False
    )
    return rows.exclude(note="").select_related("occasion").order_by("-occasion__starts_at")


def of_members(people: Sequence[Resident], now: datetime) -> list[MeetUp]:
    """The next dates of the groups that these people belong to, or try on that date."""
    family = [one.pk for one in people]
    return OF_MEMBERS.rows(people=family, now=now, until=now + timedelta(days=DAYS_AHEAD))


def _of_members(people: list[int], now: datetime, until: datetime) -> QuerySet[MeetUp]:
    groups = SignUp.objects.filter(
        OneOf("resident", people), activity__is_ongoing=True, status=SignUp.Status.SEATED
    )
    tried = Trial.objects.filter(OneOf("resident", people))
    theirs = Q(group__in=groups.values("activity")) | Q(occasion__in=tried.values("occasion"))
    ahead = MeetUp.objects.filter(
        theirs, occasion__ends_at__gt=now, occasion__starts_at__lt=until
    ).select_related("occasion__venue", "group")
    with_rooms = ahead.prefetch_related("occasion__booking__request")
    return with_rooms.order_by("occasion__starts_at", "occasion")[:DATES_SHOWN]


OF_MEMBERS = Composed[MeetUp](_of_members, people=list, now=datetime, until=datetime)


@dataclass(frozen=True)
class Coming:
    """A date as whoever runs the group sees it now: with how many came, how many are to try it, and
    what can be done about it."""

    meet_up: MeetUp
    came: int
    trials: int
    now: datetime

    @property
    def occasion(self) -> Occasion:
        return self.meet_up.occasion

    @property
    def is_off(self) -> bool:
        return self.occasion.is_called_off

    @property
    def is_over(self) -> bool:
        return self.occasion.ends_at <= self.now

    @property
    def has_begun(self) -> bool:
        return self.occasion.starts_at <= self.now

    @property
    def waits_for_a_word(self) -> bool:
        """按惯例: it stands, and nobody has said so yet."""
        return self.meet_up.is_usual and not self.is_off and not self.is_over

    @property
    def can_count(self) -> bool:
        return refusal_of(check_register_open, self.occasion, self.now) is None

    @property
    def can_call_off(self) -> bool:
        return refusal_of(check_can_be_called_off, self.meet_up, self.now) is None

    def begins_before(self, end: datetime) -> bool:
        return not self.is_over and self.occasion.starts_at < end


def with_numbers(rows: QuerySet[MeetUp], now: datetime) -> list[Coming]:
    """Dates with what is to know of them; three queries. Newcomers whom the leader has just written
    down are not counted, for nobody is to learn whether the register knows them."""
    found = list(rows)
    ids = [row.pk for row in found]
    came = _numbers(Attendance.objects.filter(occasion__in=ids, member_entry=None))
    trials = _numbers(Trial.objects.filter(occasion__in=ids))
    return [Coming(row, came.get(row.pk, 0), trials.get(row.pk, 0), now) for row in found]


def expected_at(occasion: int) -> int:
    """How many people would come to a date: members, and those who try it. Whom the leader has just
    written down is not counted, for nobody is to learn whether the register knows them."""
    known = members_at([occasion]).filter(member_entry=None)
    return known.count() + Trial.objects.filter(occasion=occasion).count()


def _numbers(rows: QuerySet) -> dict[int, int]:
    counted = rows.order_by().values("occasion").annotate(number=Count("pk"))
    return dict(counted.values_list("occasion", "number"))


def runs_ahead(group: Group, now: datetime) -> QuerySet[MeetUp]:
    """For the leader's page: what was since yesterday and is in the two weeks ahead."""
    start = moment(local_day(now) - DAY)
    return of_group(group.pk).filter(
        occasion__starts_at__gte=start, occasion__starts_at__lt=start + 15 * DAY
    )
