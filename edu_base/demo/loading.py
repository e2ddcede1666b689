"""The education base in the demo season: last year's students study, next year's classes are being
prepared, and one class takes applications today."""

import json
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_day
from diedie_edu.people.queries import consent_text_in_force
from diedie_edu.programmes.demo import Cast, DemoSeason, SignIn
from edu_base.demo.applicants import Stage
from edu_base.demo.asked import ask
from edu_base.demo.next_year import open_class, prepare
from edu_base.demo.past_year import play_year
from edu_base.models import Application, SchemeYear
from edu_base.models.schemes import PROGRAMME
from edu_base.plan_data import FOLDER, load_schemes

LEAD = SignIn(
    Role.PROGRAMME_LEAD,
    "13800000011",
    "教育基地负责人（演示）",
    _("leads the education base"),
    PROGRAMME,
)
APPLICANT = SignIn(Role.RESIDENT, "13800000012", "戚春分", _("applies to a college class"))
READER = SignIn(
    Role.COMMITTEE_READER,
    "13800000013",
    "党委专项工作责任人（演示）",
    _("reads what is approved"),
    PROGRAMME,
)
NOVEMBER = 11


def play(cast: Cast, now: datetime) -> bool:
    """Once; of the last year whose students have begun."""
    if Application.objects.exists():
        return False
    text = consent_text_in_force(PROGRAMME, now)
    if text is None:
        return False
    facts = json.loads((FOLDER / "season.json").read_text(encoding="utf-8"))
    stage = Stage(facts, text, cast.staff)
    today = local_day(now)
    year = today.year if today.month >= NOVEMBER else today.year - 1
    if not SchemeYear.objects.filter(year=year).exists():
        load_schemes(year)
    lead = User.objects.get(phone=LEAD.phone)
    play_year(stage, year, lead, now)
    prepare(stage, year, lead, now)
    open_class(stage, year + 1, User.objects.get(phone=APPLICANT.phone), now)
    ask(stage, year, now)
    return True


CHANGED = ("edu_base.SchemeYear", "edu_base.Intake", "edu_base.Milestone")
SEASON = DemoSeason(play, (LEAD, APPLICANT, READER), CHANGED)
