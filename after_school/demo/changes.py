"""What changes in the demo season: a day called off, one taken back, and the draft of a holiday
class beside the term."""

from datetime import datetime, time, timedelta

from after_school.actions.term_days import call_off_session, hold_session_again
from after_school.actions.terms import TermPlan, ZonePlan, plan_term
from after_school.models import Term
from after_school.queries.terms import planned_days
from after_school.rules.terms import TermDays
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day

AHEAD = 6  # school days
BEFORE_IT, LASTS = timedelta(days=7), timedelta(days=18)


def change_days(term: Term, staff: User, now: datetime) -> None:
    """Nothing of it touches today, nor the days for which the roster is filled."""
    ahead = term.sessions.filter(day__gt=local_day(now)).select_related("term").order_by("day")
    off, back = ahead[AHEAD : AHEAD + 2]
    for session, reason in ((off, "图书室线路检修，停电一天"), (back, "活动室借用")):
        call_off_session(session=session, reason=reason, by=staff, now=now)
    hold_session_again(session=back, by=staff, now=now)
    _draft_holiday_class(term, staff, now)


def _draft_holiday_class(term: Term, staff: User, now: datetime) -> None:
    """In the mornings, after the term, in its rooms."""
    first = term.last_day + BEFORE_IT
    days = TermDays(first, first + LASTS, time(9), time(11, 30))
    rooms = term.zones.select_related("venue").order_by("pk")
    zones = [ZonePlan(zone.kind, zone.venue, zone.places, 2, 10) for zone in rooms]
    plan = TermPlan("寒假公益托管班", days, zones, now)
    kept = [row.key for row in planned_days(days, plan.venues) if row.is_held]
    plan_term(plan=plan, kept=kept, breaks=[], by=staff, now=now)
