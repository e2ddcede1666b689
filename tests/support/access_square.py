"""A group of Happy Square for the walk of `test_access.py`, and what its addresses name."""

from datetime import timedelta

from diedie_edu.accounts.models import User
from diedie_edu.common.links import token
from diedie_edu.people.models import Resident
from happy_square.models import Group
from tests.support.access_festivals import festival_values, make_a_festival
from tests.support.access_guidance import guidance_values, make_guidance
from tests.support.groups import TODAY, lead, make_group, meet_up, member, weekly

NOWHERE = 999999


def make_square(leader: User) -> Group:
    """One that somebody leads who is none of those who knock."""
    group = make_group(title="榕树舞蹈队", filing_number="叠备 12", filed_on=TODAY)
    weekly(group)
    lead(group, leader.resident)
    meet_up(group, TODAY + timedelta(days=5))
    member(group, Resident.objects.create(full_name="黄桂香"))
    make_guidance(group, leader)
    make_a_festival(leader, group)
    return group


def square_values(name: str) -> dict[str, object]:
    """What stands in the addresses of Happy Square."""
    if "festival" in name or "rehearsal" in name:
        return festival_values(name)
    group = Group.objects.get(title="榕树舞蹈队")
    return {
        "pk": group.pk,
        "occasion": group.occasions.last().pk,
        "leadership": group.leaderships.first().pk,
        "change": "go-on",
        "consent": NOWHERE,
        "picture": NOWHERE,
        "time": group.weekly_times.first().pk,
        "member": group.memberships.first().pk,
        "token": token("membership", group.memberships.first().pk),
    } | guidance_values(name)
