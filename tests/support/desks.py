"""What parts of a manifest bring to the desk."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter

from diedie_edu.accounts.models import User
from diedie_edu.common.parts import DeskProblems, Problem
from diedie_edu.common.peeks import awake


def shown_by(parts: Iterable[DeskProblems], user: User, now: datetime) -> list[Problem]:
    rows = (row for part in awake(parts, user, now) for row in part.of(user, now))
    return sorted(rows, key=attrgetter("place"))
