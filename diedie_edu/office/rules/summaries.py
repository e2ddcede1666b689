"""What a summary may say."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused


def check_is_empty(says_something: bool) -> None:
    """House rule: nothing that somebody wrote is drafted over. Raises `Refused` (`written`)."""
    if says_something:
        raise Refused("written", _("Something is written in it already; it is not drafted anew."))
