"""The residents' school in the demo season, around any given day."""

import json
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import schedule, seats
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.programmes.demo import Cast, DemoSeason, SignIn
from residents_school.demo.handouts import create_materials
from residents_school.demo.needs import create_needs
from residents_school.demo.season import create_lectures
from residents_school.demo.speakers import confirm_past_hours, create_invitations
from residents_school.models import Survey
from residents_school.plan_data import FOLDER
from residents_school.queries import lectures
from residents_school.queries.lectures import lectures_ahead
from residents_school.rules.lectures import PROGRAMME

CALLED_OFF, SEAT_ON, WAIT_ON = 4, 0, 1
REASON = "主讲人临时出差，改期另行通知。"
LEAD = SignIn(
    Role.PROGRAMME_LEAD,
    "13800000005",
    "居民学校负责人（演示）",
    _("plans the residents' school"),
    PROGRAMME,
)


def play(cast: Cast, now: datetime) -> bool:
    """A season whenever no lecture lies ahead."""
    if lectures.next_lectures(now, 1):
        return False
    facts = json.loads((FOLDER / "season.json").read_text(encoding="utf-8"))
    volunteers = {row.resident.full_name: row for row in Volunteer.objects.all()}
    residents = list(Resident.objects.filter(volunteer=None).order_by("pk"))
    create_lectures(facts, volunteers, residents, now)
    if not Survey.objects.exists():
        create_needs(cast.staff, cast.resident, now)
    create_invitations(cast.staff, now)
    confirm_past_hours(cast.staff, now)
    create_materials(cast.staff, now)
    _take_seats(cast, now)
    return True


def _take_seats(cast: Cast, now: datetime) -> None:
    """The demo resident has a seat and a place in a queue, and has been told so.

    A lecture that goes on just now takes nobody any more.
    """
    ahead = lectures_ahead(now).filter(sign_up_closes_at__gt=now)[: CALLED_OFF + 1]
    resident = cast.resident
    for place in (SEAT_ON, WAIT_ON):
        seats.sign_up(activity=ahead[place], resident=resident, by=resident.account, now=now)
    schedule.call_off(activity=ahead[CALLED_OFF], reason=REASON, by=cast.staff, now=now)


SEASON = DemoSeason(play, (LEAD,))
