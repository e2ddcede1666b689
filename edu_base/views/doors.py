"""Whom pages of the education base are for."""

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from edu_base.models.schemes import PROGRAMME

keeps = requires(Permission.KEEP_APPLICANTS, PROGRAMME)
plans = requires(Permission.PLAN_ACTIVITIES, PROGRAMME)
uncovers = requires(Permission.OPEN_APPLICANTS, PROGRAMME)


def leads(request: SignedInRequest) -> bool:
    """Whether the reader appoints reviewers and sets what is marked."""
    return request.user.may(Permission.OPEN_APPLICANTS, PROGRAMME)
