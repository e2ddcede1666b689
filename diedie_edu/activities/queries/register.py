"""Everybody signed up for an activity, as staff see them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.rules.sign_up import check_sign_up
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.people.models import Resident


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
