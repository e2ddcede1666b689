"""A group of Happy Square for the walk of `test_access.py`, and what its addresses name."""

from diedie_edu.accounts.models import User
from happy_square.models import Group
from tests.support.groups import lead, make_group, weekly


def make_square(leader: User) -> Group:
    """One that somebody leads who is none of those who knock."""
    group = make_group(title="榕树舞蹈队")
    weekly(group)
    lead(group, leader.resident)
    return group


def square_values(name: str) -> dict[str, object]:
    """What stands in the addresses of Happy Square."""
    return {"pk": Group.objects.get(title="榕树舞蹈队").pk}
