"""On the desk of those who keep accounts: what only an operator can mend."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Problem
from diedie_edu.keeping.queries import upkeep


def problems(user: User, now: datetime) -> Iterator[Problem]:
    if not user.may(Permission.KEEP_ACCOUNTS):
        return
    if upkeep.back_up_fails():
        text = _("The last nightly back-up failed. Tell whoever operates the portal.")
        yield Problem(3, text, tone="brick")
    elif upkeep.back_up_is_old(now):
        text = _("For more than a day no back-up was made. Tell whoever operates the portal.")
        yield Problem(3, text, tone="brick")
