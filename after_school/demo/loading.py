"""The 4:30 school in the demo season."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from after_school.demo.afternoon import create_roster, play_today
from after_school.demo.changes import change_days
from after_school.demo.families import answer_families
from after_school.demo.school import GUARDIAN, ask_once_more, create_school, enrol_lately
from after_school.models import Term
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.permissions import Role
from diedie_edu.programmes.demo import Cast, DemoSeason, SignIn

LEAD = SignIn(
    Role.PROGRAMME_LEAD,
    "13800000008",
    "四点半学校负责人（演示）",
    _("plans the 4:30 school"),
    PROGRAMME,
)


def play(cast: Cast, now: datetime) -> bool:
    """One term, once."""
    if Term.objects.exists():
        return False
    term = create_school(cast.staff, now)
    answer_families(term, cast.staff, now)
    create_roster(term, cast.staff, now)
    play_today(term, cast.staff, now)
    enrol_lately(term, cast.resident, now)
    ask_once_more(term, cast.resident, now)
    change_days(term, cast.staff, now)
    return True


SEASON = DemoSeason(play, (GUARDIAN, LEAD))
