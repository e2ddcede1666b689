"""What was seen, found, given and complained of, for the walk of `test_access.py`."""

from datetime import date, timedelta
from uuid import uuid4

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance
from diedie_edu.common.links import token
from happy_square.actions import complaints, findings, support
from happy_square.actions.growth import set_start
from happy_square.models import Complaint, Finding, Group, Support
from tests.conftest import NOW
from tests.support.groups import TODAY, meet_up

LAST_MONTH = date(2026, 10, 20)


def make_guidance(group: Group, by: User) -> None:
    """A visit with a finding, something given, a complaint, and somebody who came last month."""
    found = [findings.Found("noise", "音响太大", TODAY + timedelta(days=7))]
    seen = {"sheet": uuid4(), "in_order": ["safety"], "found": found}
    findings.enter_visit(group=group, by=by, now=NOW, **seen)
    given = {"sort": "materials", "what": "音箱", "amount": None, "given_on": TODAY}
    support.give(group=group, by=by, now=NOW, **given)
    told = complaints.Told(about="noise", words="太吵", group=group)
    sent = {"sheet": uuid4(), "address": "10.0.0.1", "language": "zh-hans"}
    complaints.complain(told=told, now=NOW, **sent)
    set_start(day=LAST_MONTH, by=by, now=NOW)
    came = meet_up(group, LAST_MONTH)
    Attendance.objects.create(occasion=came, resident=by.resident, arrived_at=came.starts_at)


def guidance_values(name: str) -> dict[str, object]:
    """What stands in the addresses of what hangs on a group."""
    page = name.removeprefix("happy_square:")
    rows = {"finding": Finding, "complaint": Complaint}
    rows |= dict.fromkeys(("support_change", "support_take_out"), Support)
    number = {"pk": rows[page].objects.get().pk} if page in rows else {}
    link = token("complaint", Complaint.objects.get().pk)
    return number | ({"token": link, "month": 10} if page in PUBLIC else {})


PUBLIC = {"complaint_outcome", "public_growth_of"}
