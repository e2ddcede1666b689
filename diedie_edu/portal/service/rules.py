"""What a proof of hours may say."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused


def check_served(times: int) -> None:
    """Facts 3: a proof shows hours, and only what somebody else has confirmed. Raises `Refused`."""
    if not times:
        raise Refused("nothing", _("No hours are confirmed in these days. Choose other days."))
