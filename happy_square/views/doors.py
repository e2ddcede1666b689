"""Whom pages of Happy Square are for, and which group they are about."""

from django.shortcuts import get_object_or_404

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from happy_square.models import Group
from happy_square.models.groups import PROGRAMME
from happy_square.queries.groups import run_by

guides = requires(Permission.PLAN_ACTIVITIES, PROGRAMME)


def own_group_or_404(request: SignedInRequest, pk: int) -> Group:
    """One that the reader may run; other people's answer as missing ones do."""
    return get_object_or_404(run_by(request.user).select_related("kind", "programme"), pk=pk)


def is_staff(request: SignedInRequest) -> bool:
    """Whether the reader guides groups, and acts for those who lead them."""
    return request.user.may(Permission.PLAN_ACTIVITIES, PROGRAMME)
