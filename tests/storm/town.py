"""Families with accounts, staff, lectures whose doors are open and lectures ahead."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import moment
from diedie_edu.people.models import Household, Resident, Topic, TopicArea
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from residents_school.models import Lecture
from residents_school.rules.lectures import PROGRAMME
from tests.support.occasions import make_occasion

# A Saturday. The doors open an hour before the start; places are offered until half an hour before.
BEGINS = moment(date(2026, 11, 28), time(9, 0))
SOON, AHEAD, LONG = timedelta(minutes=55), timedelta(days=8), timedelta(minutes=90)
FAMILIES, STAFF, DOORS, OTHERS = 16, 3, 3, 2
MAY_BE_OFF = "也许停办"  # the title of what staff call off and hold after all
BACKEND = "diedie_edu.accounts.backends.PhoneBackend"


@dataclass
class Town:
    staff: list[User]
    heads: list[Resident]  # of families
    lectures: list[int] = field(default_factory=list)
    doors: list[int] = field(default_factory=list)
    may_be_off: list[int] = field(default_factory=list)
    sessions: dict[int, str] = field(default_factory=dict)
    tablets: dict[int, str] = field(default_factory=dict)

    def browser(self, user: User) -> Client:
        """Threads share no browser, but everybody stays signed in."""
        if user.pk not in self.sessions:
            self.sessions[user.pk] = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[user.pk]
        return client


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def build() -> Town:
    town = Town(staff=[_account(n, Role.STAFF) for n in range(STAFF)], heads=_families())
    for number in range(DOORS + OTHERS):
        starts_at = BEGINS + (SOON if number < DOORS else AHEAD)
        occasion = _lecture(number, starts_at)
        town.lectures.append(occasion.activity_id)
        if number < DOORS:
            town.doors.append(occasion.pk)
            town.tablets[occasion.pk] = _tablet(occasion, town.staff[0])
        if number in (DOORS - 1, DOORS):
            town.may_be_off.append(occasion.activity_id)
    Activity.objects.filter(pk__in=town.may_be_off).update(title=MAY_BE_OFF)
    for person in (*town.heads, *(user.resident for user in town.staff)):
        town.browser(person.account)  # type: ignore[arg-type]
    return town


def _families() -> list[Resident]:
    """Those with an account, each of whom acts for somebody who has none."""
    heads = [_account(100 + number, Role.RESIDENT).resident for number in range(FAMILIES)]
    for number, person in enumerate(heads):
        person.household = Household.objects.create(label=f"7-{number}-1")
        person.save()
        Resident.objects.create(full_name=f"家人{number}", household=person.household)
    return heads


def _account(number: int, role: Role) -> User:
    user = User.objects.create_user(f"139{number:08d}", display_name=f"街坊{number}")
    RoleGrant.objects.create(user=user, role=role)
    Resident.objects.create(full_name=user.display_name, account=user, phone=user.phone)
    return user


def _lecture(number: int, starts_at: datetime) -> Occasion:
    programme, _new = Programme.objects.get_or_create(
        slug=PROGRAMME,
        defaults={"title_zh": "居民学校", "title_en": "School", "summary_zh": "讲座"},
    )
    area, _new = TopicArea.objects.get_or_create(slug="health", defaults={"title_zh": "身心健康"})
    topic, _new = Topic.objects.get_or_create(area=area, title_zh="中老年健康")
    lecture = Lecture.objects.create(
        programme=programme,
        topic=topic,
        title=f"讲座{number}",
        summary="0",  # how often it was edited
        outline="一段介绍",
        capacity=4 + number % 3,
        state=Activity.State.PUBLISHED,
        sign_up_opens_at=BEGINS - timedelta(days=7),
        sign_up_closes_at=starts_at,
    )
    venue = Venue.objects.create(title_zh=f"教室{number}", places=60)
    return make_occasion(lecture, venue, starts_at, starts_at + LONG)


def _tablet(occasion: Occasion, by: User) -> str:
    """What a kiosk carries; making it one signs staff out of that browser alone."""
    client = signed_in(by)
    client.post(reverse("door:kiosk_unlock", args=[occasion.pk]))
    return client.cookies["kiosk"].value
