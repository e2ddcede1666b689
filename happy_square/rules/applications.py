"""What a group may ask for."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

OPEN_AT_ONCE = 3


def check_not_too_many(waiting: int) -> None:
    """House rule: nobody fills the desk; staff who type in paper are not counted."""
    if waiting >= OPEN_AT_ONCE:
        raise Refused(
            "too_many",
            _("%s of your applications still wait. Please wait for an answer.") % OPEN_AT_ONCE,
        )
