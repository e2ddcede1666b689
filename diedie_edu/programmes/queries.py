"""Reads of working rules."""

from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.programmes.models import RuleVersion


def rules_in_force(programme: str, now: datetime) -> RuleVersion | None:
    """The working rules of a programme (its slug) that hold by now."""
    versions = RuleVersion.objects.filter(
        programme__slug=programme, in_force_from__lte=now, withdrawn_at=None
    )
    return versions.order_by("-number").first()


def rules_to_confirm(programme: str, user: User | None, now: datetime) -> RuleVersion | None:
    """The version in force, where this account has not confirmed it; None asks for nothing."""
    version = rules_in_force(programme, now)
    if version is None or version.confirmations.filter(user=user).exists():
        return None
    return version
