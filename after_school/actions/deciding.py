"""Who decides for a child: every action of a guardian asks it, so that no door can forget it."""

from after_school.queries import children as queries
from after_school.rules import children as rules
from diedie_edu.accounts.models import User


def check_decides(child: int, by: User) -> None:
    """Raises `Refused` (`decides_not`) where `by` does not decide for this child (id)."""
    rules.check_decides(queries.right_over(by, child))


def check_is_first(child: int, by: User) -> None:
    """Raises `Refused` (`not_first`) where `by` is not the first guardian of this child (id)."""
    rules.check_is_first(queries.right_over(by, child))
