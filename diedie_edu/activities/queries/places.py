"""What a page says of the reader's family beside the button to sign up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.queries import presence, sign_ups
from diedie_edu.activities.rules.sign_up import can_cancel, check_sign_up
from diedie_edu.common.composed import Composed, OneOf
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_of
from diedie_edu.people.rules.alike import called


@dataclass(frozen=True)
class Place:
    """One family member's standing towards an activity. `party` are those for whom one answers to
    an offer; empty where another of them does."""

    resident_id: int
    name: str
    sign_up: SignUp | None
    ahead: int | None
    refusal: Refused | None
    may_cancel: bool
    is_in: bool = False
    party: Sequence[SignUp] = ()

    @property
    def may_sign_up(self) -> bool:
        return self.sign_up is None and self.refusal is None


def who_takes_seats(user: User | AnonymousUser) -> list[Resident]:
    """Whom a reader may sign up: the family; nobody for visitors and accounts that only read."""
    if not user.is_authenticated or not user.may(Permission.TAKE_SEATS):
        return []
    return family_of(user)


LIVE = Composed[SignUp](
    lambda activity, people: SignUp.objects.filter(
        OneOf("resident", people), activity=activity, status__in=SignUp.LIVE
    ),
    activity=int,
    people=list,
)


def places_of(
    activity: Activity, family: Sequence[Resident], last_starts_at: datetime, now: datetime
) -> list[Place]:
    """One for each of the family; places are given back until the last occasion begins."""
    if not family:
        return []
    rows = LIVE.rows(activity=activity.pk, people=[member.pk for member in family])
    live = {row.resident_id: row for row in rows}
    ahead = sign_ups.people_ahead([row for row in live.values() if row.is_waiting])
    may_cancel = can_cancel(activity, last_starts_at, now)
    here = presence.people_in(activity.pk, list(live), now)
    party = sign_ups.answered_together(live.values())
    return [
        Place(
            resident_id=member.pk,
            name=called(member),
            sign_up=(own := live.get(member.pk)),
            ahead=ahead.get(own.pk) if own else None,
            refusal=_refusal(activity, member, own, now),
            may_cancel=may_cancel,
            is_in=member.pk in here,
            party=party.get(own.pk, ()) if own else (),
        )
        for member in family
    ]


def _refusal(
    activity: Activity, member: Resident, own: SignUp | None, now: datetime
) -> Refused | None:
    """Whoever is in is refused nothing, unless all is called off."""
    is_in = own is not None and not activity.is_called_off
    return None if is_in else refusal_of(check_sign_up, activity, member, now)
