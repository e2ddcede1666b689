"""When a WeChat may be tied."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import time_text
from diedie_edu.common.errors import Refused


def check_ties_seldom(is_too_many: bool, again_at: datetime) -> None:
    """House rule: an account asks WeChat WECHAT_TIES_PER_HOUR times an hour at most. Raises
    `Refused` (`too_many_ties`)."""
    if is_too_many:
        words = _("That was often enough for now. Try again after %(time)s.")
        raise Refused("too_many_ties", words % {"time": time_text(again_at)})


def check_has_code(address: str) -> None:
    """House rule: without WeChat's word there is nothing to scan. Raises `Refused` (`no_code`)."""
    if not address:
        raise Refused("no_code", _("WeChat gives no code at the moment. Please try again later."))
