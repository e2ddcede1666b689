"""The groups of the demo season: who leads them, who belongs to them, and when they meet."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.days import local_day, moment
from diedie_edu.people.models import Resident
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from happy_square.actions import leading
from happy_square.models import Group, GroupKind, JoinRequest, Leadership, Membership
from happy_square.models.groups import PROGRAMME
from happy_square.rules.standing import ALWAYS_OPEN

Facts = dict[str, Any]
BEGAN = timedelta(weeks=11)  # since when the portal knows the groups
NAMED = timedelta(days=28)  # when the leaders were, after the checks of the 4:30 school


def create_group(facts: Facts, number: int, staff: User, now: datetime) -> Group:
    """A group with its usual times, announced as long ago as the portal knows it."""
    began = now - BEGAN
    group = Group.objects.create(
        programme=Programme.objects.get(slug=PROGRAMME),
        kind=GroupKind.objects.get(title_zh=facts["kind"]),
        state=Activity.State.PUBLISHED,
        sign_up_opens_at=began,
        sign_up_closes_at=ALWAYS_OPEN,
        takes_children=facts.get("takes_children", False),
        needs_clearance=facts.get("takes_children", False),
        on_holidays=facts.get("on_holidays", False),
        created_by=staff,
        **{name: facts[name] for name in ("title", "summary", "introduction", "dues")},
        **{name: facts[name] for name in ("capacity", "joining", "filing")},
        **_filing(facts["filing"], number, local_day(began)),
    )
    for weekday, starts, ends, venue in facts["times"]:
        group.weekly_times.create(
            weekday=weekday,
            starts=time.fromisoformat(starts),
            ends=time.fromisoformat(ends),
            venue=Venue.objects.get(title_zh=venue),
        )
    return group


def _filing(state: str, number: int, began: date) -> Facts:
    """The first of those filed has to renew it soon."""
    if state != Group.Filing.FILED:
        return {"charter_on": began if state == Group.Filing.UNDER_WAY else None}
    return {
        "charter_on": began - timedelta(days=200),
        "filing_number": f"社群备 2026-{number + 1:02d}",
        "filed_on": began - timedelta(days=180),
        "filed_until": began + timedelta(days=95 if number == 0 else 500),
    }


def name_leader(group: Group, leader: Resident, facts: Facts, staff: User, now: datetime) -> None:
    leading.name_leader(
        group=group,
        resident=leader,
        part=Leadership.Part.LEADER,
        shows_phone=facts.get("shows_phone", False),
        by=staff,
        now=now - NAMED,
    )


def let_join(
    group: Group, people: list[Resident], facts: Facts, random: Random, now: datetime
) -> None:
    """Most have belonged to it for years, the last ones came in these weeks; then those who wait,
    and those who ask."""
    old = facts["members"] - facts["new"]
    days = [_since(random, number < old, now) for number in range(facts["members"])]
    seated = [_sign_up(group, *pair, now) for pair in zip(people, days, strict=False)]
    others, line = people[len(days) :], facts.get("waiting", 0)
    waiting, asking = others[:line], others[line : line + facts.get("asks", 0)]
    rows = SignUp.objects.bulk_create([*seated, *(_waits(group, one, now) for one in waiting)])
    Activity.objects.filter(pk=group.pk).update(taken=len(seated))
    Membership.objects.bulk_create(
        Membership(
            sign_up=row,
            group=group,
            resident=row.resident,
            since=day,
            shows_phone=random.random() < 0.4,
            agreed_at=row.signed_up_at,
        )
        for row, day in zip(rows, days, strict=False)
    )
    JoinRequest.objects.bulk_create(
        JoinRequest(group=group, resident=one, asked_at=now - timedelta(days=2)) for one in asking
    )


def _since(random: Random, is_old: bool, now: datetime) -> date:
    back = random.randint(200, 3200) if is_old else random.randint(10, 65)
    return local_day(now) - timedelta(days=back)


def _sign_up(group: Group, person: Resident, since: date, now: datetime) -> SignUp:
    when = max(now - BEGAN, moment(since, time(20)))
    return SignUp(
        activity=group,
        resident=person,
        status=SignUp.Status.SEATED,
        wants_reminders=person.pk % 3 != 0,
        signed_up_at=when,
        seated_at=when,
    )


def _waits(group: Group, person: Resident, now: datetime) -> SignUp:
    asked = now - timedelta(days=3)
    return SignUp(activity=group, resident=person, status=SignUp.Status.WAITING, signed_up_at=asked)
