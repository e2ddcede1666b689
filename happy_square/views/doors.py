"""Whom pages of Happy Square are for; which group they are about says `running.group_run_by`."""

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from happy_square.models.groups import PROGRAMME

guides = requires(Permission.PLAN_ACTIVITIES, PROGRAMME)


def is_staff(request: SignedInRequest) -> bool:
    """Whether the reader guides groups, and acts for those who lead them."""
    return request.user.may(Permission.PLAN_ACTIVITIES, PROGRAMME)
