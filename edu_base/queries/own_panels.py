"""What the education base shows on pages of all programmes."""

from collections.abc import Iterator
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident
from edu_base.queries.applications import own_applications

SHOWN = 3


def my_panels(user: User, family: list[Resident], now: datetime) -> Iterator[Panel]:
    """The applications of the account, where there are any."""
    if own := list(own_applications(user, local_day(now))[:SHOWN]):
        yield Panel(35, "edu_base/my_applications.html", {"own": own})
