"""What may be sent to whom, when, and what follows from a gateway's answer."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.notices.models import TROUBLE, Notice


def check_send_again(notice: Notice, now: datetime) -> None:
    """House rule: staff may repeat what failed or is unknown, while it is still of use."""
    if notice.status not in TROUBLE:
        raise Refused(
            "not_in_trouble",
            _("This message has not failed; there is nothing to repeat."),
        )
    if notice.recipient_id is None:
        raise Refused(
            "code_gone",
            _("A one-time code is never repeated; the person asks for a new one."),
        )
    if notice.expires_at and notice.expires_at <= now:
        raise Refused("too_late", _("It is too late for this message: what it told of has begun."))
