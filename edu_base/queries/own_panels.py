"""What the education base shows on "my page"."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident
from edu_base.queries import asking_panels, grants, offers
from edu_base.queries.applications import own_applications

SHOWN = 3


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """Whatever hangs on an application."""
    if own := list(own_applications(user, local_day(now))[:SHOWN]):
        yield Panel(35, "edu_base/my_applications.html", {"own": own})
    yield from offers.of_family(family, now)
    yield from asking_panels.of_questions(user, now)
    yield from grants.of_family(family)
