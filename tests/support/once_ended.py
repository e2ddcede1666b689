"""What has ended already, and stays as it is when a list of endings is gone through; for
`attacks/test_once_beside.py`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from after_school.actions import ended_again as school
from after_school.models import Collector, CollectorPass, WalkHomePermission
from diedie_edu.accounts.actions import ended_again as accounts
from diedie_edu.accounts.models import RoleGrant
from diedie_edu.accounts.permissions import Role
from diedie_edu.decisions.actions import ended_again as decisions
from diedie_edu.decisions.models import Deputy
from diedie_edu.volunteering.actions import ended_again as volunteering
from diedie_edu.volunteering.models import Certificate
from tests.conftest import NOW, new_user
from tests.support.once import DAY, staff
from tests.support.once_stale import Line

TODAY = NOW.date()


def reader() -> RoleGrant:
    """A role that holds for some days."""
    return new_user(Role.COMMITTEE_READER, scope="after-school").role_grants.get()


def ended(
    again: Callable[[int, str, datetime], bool], how: str = ""
) -> Callable[[Any, datetime], Any]:
    return lambda row, now: again(row.pk, how, now)


LINES: list[Line] = [
    ("ended_again._signed_out", staff, {"sign_outs": 5}, ended(accounts._signed_out, "3")),
    ("ended_again._role_days: begins later", reader, {"first_day": TODAY + 2 * DAY},
        ended(accounts._role_days, str(TODAY + DAY))),
    ("ended_again._role_days: ends before", reader, {"last_day": TODAY},
        ended(accounts._role_days, str(TODAY + DAY))),
    ("ended_again._deputy", lambda: Deputy.objects.earliest("pk"), {"ended_at": NOW},
        ended(decisions._deputy)),
    ("ended_again._certificate", lambda: Certificate.objects.earliest("pk"),
        {"revoked_at": NOW, "revoke_reason": "误发"}, ended(volunteering._certificate)),
    ("ended_again._unlisted", lambda: Collector.objects.earliest("pk"), {"ended_at": NOW},
        ended(school._unlisted)),
    ("ended_again._pass: used", lambda: CollectorPass.objects.earliest("pk"),
        {"used_at": NOW}, ended(school._pass)),
    ("ended_again._pass: taken back", lambda: CollectorPass.objects.earliest("pk"),
        {"taken_back_at": NOW}, ended(school._pass)),
    ("ended_again._walk", lambda: WalkHomePermission.objects.earliest("pk"),
        {"taken_back_at": NOW}, ended(school._walk)),
]  # fmt: skip
