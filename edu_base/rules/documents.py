"""How many files may go with an application."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

MOST = 12  # of one application


def check_room_for_more(kept: int) -> None:
    """House rule: what an application needs fits into so many. Raises `Refused` (`too_many`)."""
    if kept >= MOST:
        text = _("There are %s files already. Please remove one that is not needed first.")
        raise Refused("too_many", text % MOST, "file")
