"""What the calendar shows everybody, and what it gives one person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import CalendarFeed, Occasion, SignUp
from diedie_edu.activities.queries import occasions
from diedie_edu.activities.traits import ActivityTraits, Coming, in_calendar
from diedie_edu.common.crypto import keyed_hashes
from diedie_edu.common.days import moment
from diedie_edu.common.manifests import parts_of
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_of
from diedie_edu.portal.calendar.grid import Notes
from diedie_edu.venues.models import SpecialDay
from diedie_edu.volunteering.models import Duty

PURPOSE = "calendar-feed"  # of the keyed hashes
KEPT_IN_FEEDS = timedelta(days=90)  # calendars on phones drop what a feed no longer holds


def announced_occasions() -> QuerySet[Occasion]:
    """Every occasion that anybody may see, called-off ones too, soonest first.

    A programme that meets in several rooms every day has pages of its own and stays out.
    """
    rows = Occasion.objects.filter(occasions.announced("activity__"))
    shown = in_calendar(rows).select_related("activity__programme", "venue")
    return shown.order_by("starts_at", "id")


def occasions_from_to(first: date, last: date) -> QuerySet[Occasion]:
    """What begins on one of the days from `first` to `last`; groups have a page of their week."""
    return announced_occasions().filter(
        activity__is_ongoing=False,
        starts_at__gte=moment(first),
        starts_at__lt=moment(last + timedelta(days=1)),
    )


def notes_of_days() -> Notes:
    return Notes({row.day: row for row in SpecialDay.objects.all()})


def programme_dates(slug: str, now: datetime) -> QuerySet[Occasion]:
    """The public dates of one programme: lately past ones and all that lie ahead. What meets in
    several rooms at a time stands there once."""
    recent = Occasion.objects.filter(occasions.announced("activity__"))
    recent = recent.filter(ends_at__gt=now - KEPT_IN_FEEDS, activity__is_ongoing=False)
    rows = recent.filter(activity__programme__slug=slug)
    once = rows.order_by("starts_at", "activity", "is_called_off", "pk")
    shown = once.distinct("starts_at", "activity")
    return shown.select_related("activity__programme", "venue")


def account_behind(token: str) -> User | None:
    """Whose feed the token opens; a wrong one and a revoked one are the same to the asker."""
    feeds = CalendarFeed.objects.filter(digest__in=keyed_hashes(token, PURPOSE))
    feed = feeds.values("account").first()
    found = User.objects.numbered(feed["account"]) if feed else User.objects.none()
    return found.filter(is_active=True).first()


@dataclass(frozen=True)
class OwnDate:
    """One occasion in a person's calendar, and why it is there."""

    occasion: Occasion
    sign_ups: list[SignUp] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Somebody goes there; otherwise somebody may."""
        return bool(self.duties) or any(row.is_seated for row in self.sign_ups)


def own_dates(user: User, now: datetime) -> list[OwnDate]:
    """The dates of the account's person, of those they act for and of the children they answer
    for, in a fixed number of queries."""
    family, since = family_of(user), now - KEPT_IN_FEEDS
    dates: dict[int, OwnDate] = {}
    for sign_up, occasion in _comings(user, family, since):
        dates.setdefault(occasion.pk, OwnDate(occasion)).sign_ups.append(sign_up)
    for duty in _duties(family[:1], since):
        dates.setdefault(duty.occasion_id, OwnDate(duty.occasion)).duties.append(duty)
    return sorted(dates.values(), key=lambda row: (row.occasion.starts_at, row.occasion.pk))


def _comings(user: User, family: Sequence[Resident], since: datetime) -> Iterator[Coming]:
    for sign_up in _sign_ups(family, since):
        for occasion in sign_up.activity.occasions.all():
            yield sign_up, occasion
    for traits in parts_of(ActivityTraits):
        if traits.comes_to is not None:
            yield from traits.comes_to(user, since)


def _sign_ups(family: Sequence[Resident], since: datetime) -> QuerySet[SignUp]:
    kept = announced_occasions().filter(ends_at__gt=since)
    return (
        SignUp.objects.filter(resident__in=family, status__in=SignUp.LIVE)
        .select_related("activity", "resident")
        .prefetch_related(Prefetch("activity__occasions", kept))
        .order_by("id")
    )


def _duties(own: Sequence[Resident], since: datetime) -> QuerySet[Duty]:
    return (
        Duty.objects.filter(
            occasions.announced("occasion__activity__"),
            volunteer__resident__in=own,
            ends_at__gt=since,
        )
        .select_related("occasion__activity__programme", "occasion__venue")
        .order_by("id")
    )
