"""Everybody signed up for an activity, as staff see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Min, Q

from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.queries import occasions
from diedie_edu.activities.rules.sign_up import check_sign_up
from diedie_edu.activities.traits import open_to_all
from diedie_edu.common.belonging import within
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.people.models import Resident

MOST_OFFERED = 30


@dataclass(frozen=True)
class SignUpRegister:
    """Seats as a class register sorts them; offers and queue in the order of their turn."""

    seated: list[SignUp] = field(default_factory=list)
    offered: list[SignUp] = field(default_factory=list)
    waiting: list[SignUp] = field(default_factory=list)


def register_of(activity: Activity) -> SignUpRegister:
    """Three lists in one query; each row with its person and who entered it."""
    rows = SignUp.objects.filter(activity=activity.pk, status__in=SignUp.LIVE)
    register = SignUpRegister()
    for row in rows.select_related("resident", "signed_up_by").order_by(*SignUp.QUEUE):
        getattr(register, row.status).append(row)
    register.seated.sort(key=lambda row: (row.resident.sort_key, row.resident_id))
    return register


@dataclass(frozen=True)
class Standing:
    """How one person stands towards an activity: in it, free to sign up, or refused."""

    resident: Resident
    sign_up: SignUp | None
    refusal: Refused | None


def standings_towards(
    activity: Activity, people: Sequence[Resident], now: datetime
) -> list[Standing]:
    """One for each of `people`, in their order."""
    rows = SignUp.objects.filter(activity=activity.pk, resident__in=people, status__in=SignUp.LIVE)
    live = {row.resident_id: row for row in rows}
    return [
        Standing(one, live.get(one.pk), refusal_of(check_sign_up, activity, one, now))
        for one in people
    ]


def open_for_sign_up(programmes: Collection[str], now: datetime) -> list[Activity]:
    """What staff of these programmes (their slugs) can sign people up for now, soonest first, each
    with its next date (`next_at`)."""
    ahead = Q(occasions__ends_at__gt=now, occasions__is_called_off=False)
    rows = within(open_to_all(Activity.objects.filter(occasions.announced())), programmes)
    rows = rows.filter(sign_up_opens_at__lte=now, sign_up_closes_at__gt=now)
    rows = rows.annotate(next_at=Min("occasions__starts_at", filter=ahead))
    return list(rows.exclude(next_at=None).order_by("next_at", "pk")[:MOST_OFFERED])
