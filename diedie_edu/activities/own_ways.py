"""Programmes that take people in by a way of their own, as the 4:30 school does with a guardian's
consent: the doors and lists for every programme leave their activities alone.

A programme registers in its `AppConfig.ready()`.
"""

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity

_programmes: set[str] = set()


def register(programme: str) -> None:
    """`programme` is its slug."""
    _programmes.add(programme)


def has_own_way(activity: Activity) -> bool:
    return activity.programme.slug in _programmes


def programmes_kept_by(user: User) -> list[str]:
    """Those (their slugs) whose register an account keeps by the shared doors and lists."""
    kept = user.programmes(Permission.KEEP_REGISTER)
    return [programme for programme in kept if programme not in _programmes]
