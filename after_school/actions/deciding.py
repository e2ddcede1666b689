"""Who decides for a child: every action of a guardian asks it, so that no door can forget it."""

from after_school.models import GuardianRight
from after_school.queries import children as queries
from after_school.rules import children as rules
from diedie_edu.accounts.models import User


def check_decides(child: int, by: User) -> None:
    """Raises `Refused` where `by` does not decide for this child (id): `decides_not`, or `barred`
    for a guardian who may not collect it."""
    _decides(queries.right_over(by, child))


def _decides(right: GuardianRight | None) -> None:
    rules.check_decides(right)
    rules.check_is_not_barred(is_barred=right is not None and queries.is_barred(right))


def check_is_first(child: int, by: User) -> None:
    """Raises `Refused` (`not_first`) where `by` is not the first guardian of this child (id)."""
    right = queries.right_over(by, child)
    rules.check_is_first(right)
    _decides(right)
