"""Lectures ahead and people who are signed in, written in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.people.models import Household, Resident, Topic, Volunteer, VolunteerKind
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.volunteering.models import Duty
from residents_school.rules import lectures

CSRF_SECRET = "k" * 32
OUTLINE = "这是一段写给居民看的介绍，讲清楚内容、适合的人和要带的东西。\n\n" * 3


@dataclass(frozen=True)
class Person:
    """Somebody signed in on both sides, for each side hashes its accounts in its own way."""

    resident: int
    portal_session: str
    bare_session: str


def add_people(number: int) -> list[Person]:
    """Residents with an account, each in a household with one who has none; all signed in."""
    homes = Household.objects.bulk_create(Household(label=f"9-9-{n}") for n in range(number))
    accounts = User.objects.bulk_create(
        User(phone=str(15500000000 + n), display_name=f"居民{n % 1000}", password="!")
        for n in range(number)
    )
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=Role.RESIDENT) for user in accounts)
    pairs = list(zip(accounts, homes, strict=True))
    residents = Resident.objects.bulk_create(
        Resident(full_name=user.display_name, account=user, phone=user.phone, household=home)
        for user, home in pairs
    )
    Resident.objects.bulk_create(Resident(full_name="家人", household=home) for home in homes)
    portal = signed_in_at_portal(accounts)
    bare = _signed_in_at_bare(accounts)
    rows = zip(residents, portal, bare, strict=True)
    return [Person(resident.pk, *sessions) for resident, *sessions in rows]


def add_lectures(number: int, capacity: int = 40, speakers: int = 12) -> list[int]:
    """Lectures open for sign-up, one after the other in each of the venues; their ids."""
    now = timezone.now()
    activities = _add_activities(number, capacity, now)
    _make_lectures(activities)
    places = _slots(now + timedelta(days=2))
    bookings = Booking.objects.bulk_create(
        Booking(venue=venue, starts_at=start, ends_at=start + timedelta(minutes=90), purpose="讲座")
        for _activity, (venue, start) in zip(activities, places, strict=False)
    )
    pairs = zip(bookings, activities, strict=True)
    occasions = Occasion.objects.bulk_create(Occasion.at(*pair) for pair in pairs)
    _add_speakers(occasions, speakers)
    return [activity.pk for activity in activities]


def _add_activities(number: int, capacity: int, now: datetime) -> list[Activity]:
    programme = Programme.objects.get(slug=lectures.PROGRAMME)
    return Activity.objects.bulk_create(
        Activity(
            programme=programme,
            title=f"春季养生与家庭常备药（第{n}讲）",
            summary="社区医院的医生讲四季保健，现场可以提问。",
            state=Activity.State.PUBLISHED,
            capacity=capacity,
            sign_up_opens_at=now - timedelta(days=1),
            sign_up_closes_at=now + timedelta(days=2),
        )
        for n in range(1, number + 1)
    )


def _make_lectures(activities: Sequence[Activity]) -> None:
    """The child rows; Django's bulk_create cannot write them."""
    topics = cycle(Topic.objects.values_list("pk", flat=True))
    rows = [
        (activity.pk, topic, OUTLINE) for activity, topic in zip(activities, topics, strict=False)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO residents_school_lecture "
            "(activity_ptr_id, topic_id, teaching_form, outline)"
            " VALUES (%s, %s, 'lecture', %s)",
            rows,
        )


def _slots(start: datetime) -> Iterator[tuple[Venue, datetime]]:
    venues = list(Venue.objects.all())
    while True:
        yield from ((venue, start) for venue in venues)
        start += timedelta(hours=2)


def _add_speakers(occasions: Sequence[Occasion], number: int) -> None:
    names = [f"讲师{n}" for n in range(number)]
    residents = Resident.objects.bulk_create(Resident(full_name=name) for name in names)
    volunteers = Volunteer.objects.bulk_create(
        Volunteer(resident=resident, kinds=[VolunteerKind.EXPERT]) for resident in residents
    )
    Duty.objects.bulk_create(
        Duty.at(occasion, volunteer, Duty.Work.SPEAKER)
        for occasion, volunteer in zip(occasions, cycle(volunteers))
    )


def signed_in_at_portal(accounts: Sequence[User]) -> list[str]:
    users = User.objects.in_bulk([user.pk for user in accounts])
    backend = "diedie_edu.accounts.backends.PhoneBackend"
    return _sessions(
        (user.pk, backend, users[user.pk].get_session_auth_hash()) for user in accounts
    )


def _signed_in_at_bare(accounts: Sequence[User]) -> list[str]:
    backend = "django.contrib.auth.backends.ModelBackend"
    own_hash = AbstractBaseUser.get_session_auth_hash
    return _sessions((user.pk, backend, own_hash(user)) for user in accounts)


def _sessions(signed_in: Iterator[tuple[int, str, str]]) -> list[str]:
    store = SessionStore()
    until = timezone.now() + timedelta(days=1)
    rows = Session.objects.bulk_create(
        Session(
            session_key=store._get_new_session_key(),
            expire_date=until,
            session_data=store.encode(
                {"_auth_user_id": str(pk), "_auth_user_backend": backend, "_auth_user_hash": mark}
            ),
        )
        for pk, backend, mark in signed_in
    )
    return [row.session_key for row in rows]
