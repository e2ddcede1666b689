"""What plans messages at every tick: higher apps add theirs when they start."""

from collections.abc import Callable
from datetime import datetime

Planner = Callable[[datetime], int]

_planners: list[Planner] = []


def register(planner: Planner) -> Planner:
    """Have `planner(now)` called at every tick, in a transaction of its own.

    It must be safe to call late, twice and by two processes at once; it returns how many
    notices it planned.
    """
    if planner not in _planners:
        _planners.append(planner)
    return planner


def all_planners() -> list[Planner]:
    return list(_planners)
