"""What is particular to the activities of one programme; shared code never asks which one it is."""

from dataclasses import dataclass

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity
from diedie_edu.common.manifests import parts_by, parts_of


@dataclass(frozen=True)
class ActivityTraits:
    """What is particular to the activities of a programme (its slug).

    `topic` is the path from `Activity` to what it is about (a `Bilingual` row), such as
    "lecture__topic". `sheet` is the name of the address of the printed sheet, which takes an
    activity's id. With `own_registration` people come in by a path of its own, as in the 4:30
    school by a guardian's consent: the doors and lists for every programme leave them alone.
    """

    programme: str
    topic: str = ""
    sheet: str = ""
    own_registration: bool = False


def traits_of(programme: str) -> ActivityTraits:
    """Those of a programme (its slug); the usual ones where it names none."""
    return parts_by(ActivityTraits, "programme").get(programme, ActivityTraits(programme))


# Written out: composing the join took a tenth of the time of a sign-up.
WITH_OWN_REGISTRATION = "SELECT id FROM programmes_programme WHERE slug = ANY(%s)"


def open_to_all(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those of them that one signs up to by the button that all programmes share."""
    own = [row.programme for row in parts_of(ActivityTraits) if row.own_registration]
    ids = RawSQL(WITH_OWN_REGISTRATION, [own])  # nosec B611 (a constant and its parameter)
    return activities.exclude(programme__in=ids)


def programmes_kept_by(user: User) -> list[str]:
    """Those (their slugs) whose register an account keeps by the shared doors and lists."""
    kept = user.programmes(Permission.KEEP_REGISTER)
    return [slug for slug in kept if not traits_of(slug).own_registration]


def topic_title(to_activity: str) -> Combinable:
    """The title in Chinese of what an activity is about, empty where it has none.

    `to_activity` is the path to the activity, such as "occasion__activity__".
    """
    paths = [row.topic for row in parts_of(ActivityTraits) if row.topic]
    titles = [F(f"{to_activity}{path}__title_zh") for path in paths]
    return Coalesce(*titles, Value("")) if titles else Value("")


def sheet_url(activity: Activity) -> str:
    """The address of its printed sheet, or nothing."""
    name = traits_of(activity.programme.slug).sheet
    return reverse(name, args=[activity.pk]) if name else ""
