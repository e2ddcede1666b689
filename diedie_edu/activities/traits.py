"""What is particular to the activities of one programme; shared code never asks which one it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.common.addresses import address_of
from diedie_edu.common.manifests import parts_by, parts_of, programmes
from diedie_edu.notices.kinds import Kind

Coming = tuple[SignUp, Occasion]


def no_page(user: User | AnonymousUser, activity: int, now: datetime) -> str:
    """For programmes whose activities have no pages yet."""
    return ""


def alone(activity: int, now: datetime) -> list[int]:
    """For programmes whose activities belong to no series."""
    return []


def everybody(rows: QuerySet[SignUp]) -> QuerySet[SignUp]:
    """Where every place is settled."""
    return rows


@dataclass(frozen=True)
class ActivityTraits:
    """What is particular to the activities of a programme (its slug).

    `topic` is the path from `Activity` to what it is about (a `Bilingual` row), such as
    "lecture__topic". `page(user, activity's id, now)` is the address of its page, empty where it is
    another programme's or hidden from this reader. `change` and `sheet` name the addresses where
    staff change it and print it; they take an activity's id.
    With `own_registration` people come in by a path of its own, as in the 4:30 school by a
    guardian's consent: the doors and lists for every programme leave them alone. Without
    `in_calendar` its occasions have pages of their own, and are neither in the calendar nor in the
    desk's table. `notify(kind, sign-ups, now)` tells people of their places in words of its own.
    `settled` leaves out sign-ups of people who have not said yes themselves. `series(activity's id,
    now)` gives those (ids) that were planned with it and lie ahead, itself among them, in order.
    `comes_to(user, since)`: where one does not come to all dates, those of whom an account is told.
    """

    programme: str
    topic: str = ""
    page: Callable[[User | AnonymousUser, int, datetime], str] = no_page
    change: str = ""
    sheet: str = ""
    own_registration: bool = False
    in_calendar: bool = True
    notify: Callable[[Kind, Sequence[SignUp], datetime], None] | None = None
    settled: Callable[[QuerySet[SignUp]], QuerySet[SignUp]] = everybody
    series: Callable[[int, datetime], list[int]] = alone
    comes_to: Callable[[User, datetime], Iterable[Coming]] | None = None


def traits_of(programme: str) -> ActivityTraits:
    """Those of a programme (its slug); the usual ones where it names none."""
    return parts_by(ActivityTraits, "programme").get(programme, ActivityTraits(programme))


# Written out: composing the join took a tenth of the time of a sign-up.
WITH_OWN_REGISTRATION = "SELECT id FROM programmes_programme WHERE slug = ANY(%s)"


def open_to_all(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those of them that one signs up to by the button that all programmes share; not what people
    belong to from week to week."""
    own = [row.programme for row in parts_of(ActivityTraits) if row.own_registration]
    ids = RawSQL(WITH_OWN_REGISTRATION, [own])  # nosec B611 (a constant and its parameter)
    return activities.filter(is_ongoing=False).exclude(programme__in=ids)


def programmes_kept_by(user: User) -> list[str]:
    """Those (their slugs) whose register an account keeps by the shared doors and lists."""
    kept = [slug for slug in programmes() if user.may(Permission.KEEP_REGISTER, slug)]
    return [slug for slug in kept if not traits_of(slug).own_registration]


def in_calendar(occasions: QuerySet[Occasion]) -> QuerySet[Occasion]:
    """Those of them that pages for all programmes show."""
    hidden = [row.programme for row in parts_of(ActivityTraits) if not row.in_calendar]
    return occasions.exclude(activity__programme__slug__in=hidden)


def topic_title(to_activity: str) -> Combinable:
    """The title in Chinese of what an activity is about, empty where it has none.

    `to_activity` is the path to the activity, such as "occasion__activity__".
    """
    paths = [row.topic for row in parts_of(ActivityTraits) if row.topic]
    titles = [F(f"{to_activity}{path}__title_zh") for path in paths]
    return Coalesce(*titles, Value("")) if titles else Value("")


def change_url(activity: Activity) -> str:
    """Where staff change it, or nothing."""
    return _url(traits_of(activity.programme.slug).change, activity)


def sheet_url(activity: Activity) -> str:
    """The address of its printed sheet, or nothing."""
    return _url(traits_of(activity.programme.slug).sheet, activity)


def _url(name: str, activity: Activity) -> str:
    return address_of(name, activity.pk) if name else ""
