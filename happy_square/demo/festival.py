"""The festival ahead in the demo season: groups have answered, the running order stands."""

from datetime import datetime, time, timedelta
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.events import announce_event
from diedie_edu.common.days import local_day, moment, week_of
from diedie_edu.people.models import Volunteer
from diedie_edu.venues.models import Venue
from diedie_edu.volunteering.actions.helpers import put_on_duty
from happy_square.actions import festival_invitations, rehearsals, running_order
from happy_square.actions.festivals import FestivalPlan, plan_festival
from happy_square.models import Festival, Group

Facts = dict[str, Any]
BEGINS, ENDS = time(10, 0), time(11, 30)
AHEAD = timedelta(days=19)  # the Saturday of the week after next
SQUARE, HALL = "社区广场", "社区多功能厅"


def create_festival(facts: Facts, staff: User, now: datetime) -> None:
    told = facts["festival"]
    day = week_of(local_day(now))[0] + AHEAD
    words = {name: told[name] for name in ("title", "summary", "introduction")}
    plan = FestivalPlan(
        **words,
        starts_at=moment(day, BEGINS),
        ends_at=moment(day, ENDS),
        venue=Venue.objects.get(title_zh=SQUARE),
        capacity=200,
        needs_sign_up=False,
        sign_up_opens_at=now,
        with_music=False,
    )
    festival = plan_festival(plan=plan, by=staff, now=now)
    announce_event(event=festival, now=now)
    _invite(festival, told, staff, now)
    for title, minutes, group, needs in told["items"]:
        invitation = festival.invitations.filter(group__title=group).first()
        item = running_order.ItemPlan(title, minutes, invitation, needs)
        running_order.add_item(festival=festival, plan=item, now=now)
    for volunteer in Volunteer.objects.filter(resident__full_name__in=told["helpers"]):
        put_on_duty(occasion=festival.occasion, volunteer=volunteer, by=staff, now=now)
    _rehearse(festival, staff, now)


def _invite(festival: Festival, told: Facts, staff: User, now: datetime) -> None:
    groups = list(Group.objects.filter(title__in=told["invited"]))
    who = {"festival": festival, "groups": groups, "note": told["note"]}
    festival_invitations.invite(**who, by=staff, now=now)
    for row in festival.invitations.select_related("group"):
        said = told["invited"][row.group.title]
        if said != "open":
            answer = {"takes_part": said == "yes", "word": "" if said == "yes" else "那天有比赛"}
            festival_invitations.answer(invitation=row, **answer, by=staff, now=now)


def _rehearse(festival: Festival, staff: User, now: datetime) -> None:
    """On the Thursday evening before."""
    day = local_day(festival.occasion.starts_at) - timedelta(days=2)
    plan = rehearsals.RehearsalPlan(
        starts_at=moment(day, time(19, 0)),
        ends_at=moment(day, time(20, 30)),
        venue=Venue.objects.get(title_zh=HALL),
        note="走台、试音",
    )
    rehearsals.plan_rehearsal(festival=festival, plan=plan, now=now)
