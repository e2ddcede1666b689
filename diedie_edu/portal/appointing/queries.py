"""Who may do more than what concerns oneself."""

from collections.abc import Iterator

from django.db.models import Prefetch, Q

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import PERSONAL, ROLES, Role

WITH_POWER = [role for role in Role if ROLES[role] - PERSONAL]


def with_power() -> Iterator[tuple[str, list[User]]]:
    """The roles with power and the accounts that have them, each with its grants. Two queries."""
    grants = RoleGrant.objects.order_by("role", "scope")
    able = Q(role_grants__role__in=WITH_POWER) | Q(is_superuser=True)
    users = User.objects.filter(able).distinct().order_by("display_name", "pk")
    found = list(users.prefetch_related(Prefetch("role_grants", grants)))
    for role in WITH_POWER:
        holders = [user for user in found if any(g.role == role for g in user.role_grants.all())]
        if holders:
            yield str(role.label), holders
    if everything := [user for user in found if user.is_superuser]:
        yield str(User._meta.get_field("is_superuser").verbose_name), everything
