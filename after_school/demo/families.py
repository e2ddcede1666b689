"""What families without an account asked the staff for, and a guardian who came with a paper."""

from datetime import datetime, timedelta

from after_school.actions import absences, collecting
from after_school.actions.custody import Custody, NewGuardian, change_custody
from after_school.actions.deciding import OnBehalf
from after_school.demo.school import CHILDREN
from after_school.models import Enrolment, GuardianRight, Term
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day

CALLED = "来电，已回拨登记的号码核实"


def answer_families(term: Term, staff: User, now: datetime) -> None:
    """Two calls of the week before, and a second guardian by the household book."""
    before, today = now - timedelta(days=7), local_day(now)
    aunt = collecting.NewCollector("甄姑姑", "13800041001", "姑姑", today - timedelta(days=7))
    child = _first(term, 2)
    asked = OnBehalf(staff, child.guardian, f"{CALLED}；奶奶住院")
    collecting.name_collector(child=child.child, new=aunt, by=asked, now=before)
    away = _first(term, 4)
    day = {"first_day": today + timedelta(days=2), "last_day": today + timedelta(days=3)}
    absences.report_absence(
        enrolment=Enrolment.objects.get(term=term, child=away.child),
        reason="回老家",
        by=OnBehalf(staff, away.guardian, CALLED),
        now=before,
        **day,
    )
    first = _first(term, 5)
    custody = Custody(
        paper_reference="3 号柜 2026-监护-1",
        reason="户口簿，父亲今后共同接送",
        leaving=[],
        first=first,
        new=NewGuardian("卞家长二", "13800031005", "father"),
        other_decides=True,
    )
    change_custody(child=first.child, custody=custody, by=staff, now=before)


def _first(term: Term, number: int) -> GuardianRight:
    rights = GuardianRight.objects.select_related("child", "guardian")
    return rights.get(child__full_name=CHILDREN[number][0], child__enrolments__term=term, place=1)
