"""Short hands for tests about festivals."""

from datetime import timedelta

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import events
from diedie_edu.venues.models import Venue
from happy_square.actions import festival_invitations, festivals
from happy_square.models import Festival, FestivalInvitation, FestivalItem, Group
from tests.conftest import NOW
from tests.support.groups import happy_square, make_place

BEGINS = NOW + timedelta(days=20)


def plan(venue: Venue | None = None, **changes: object) -> festivals.FestivalPlan:
    """Two hours on the square, twenty days ahead, without sign-up."""
    usual = {
        "title": "邻里联欢",
        "summary": "",
        "introduction": "",
        "starts_at": BEGINS,
        "ends_at": BEGINS + timedelta(hours=2),
        "venue": venue or make_place(),
        "capacity": 60,
        "needs_sign_up": False,
        "sign_up_opens_at": NOW,
    }
    return festivals.FestivalPlan(**(usual | changes))  # type: ignore[arg-type]


def make_festival(by: User, *, announced: bool = True, **changes: object) -> Festival:
    happy_square()
    made = festivals.plan_festival(plan=plan(**changes), by=by, now=NOW)
    if announced:
        events.announce_event(event=made, now=NOW)
    return Festival.objects.get(pk=made.pk)


def invited(festival: Festival, group: Group, by: User, *, yes: bool = True) -> FestivalInvitation:
    festival_invitations.invite(festival=festival, groups=[group], note="", by=by, now=NOW)
    row = festival.invitations.get(group=group)
    if yes:
        row = festival_invitations.answer(invitation=row, takes_part=True, word="", by=by, now=NOW)
    return row


def item(festival: Festival, minutes: int, by: FestivalInvitation | None = None) -> FestivalItem:
    """Behind the others."""
    place = festival.items.count() + 1
    return FestivalItem.objects.create(
        festival=festival, invitation=by, title=f"节目{place}", minutes=minutes, place=place
    )
