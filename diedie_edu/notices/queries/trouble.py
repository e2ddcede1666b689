"""Messages that failed or of which nobody knows, for the staff who follow them up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import TROUBLE, Channel, Notice, Reached
from diedie_edu.notices.queries import addresses
from diedie_edu.notices.queries.calls import SAME_PERSON
from diedie_edu.notices.rules.sending import check_send_again

DEALT_WITH = "dealt_with"


@dataclass(frozen=True)
class TroubleRow:
    """`reason_against`: why it cannot be sent again."""

    notice: Notice
    title: str
    address: str
    reason_against: Refused | None


def open_trouble() -> QuerySet[Notice]:
    """What somebody should see to: not sent again, not ticked off, and its person not reached by
    telephone either. What did not go by WeChat went as a text message, which speaks for both."""
    told = Reached.objects.filter(SAME_PERSON, event=OuterRef("event")).exclude(event="")
    rows = Notice.objects.filter(status__in=TROUBLE, again=None, dealt_with_at=None)
    rows = rows.exclude(channel=Channel.WECHAT)
    return rows.filter(~Exists(told))


def troubled(*, status: str = "", channel: str = "", name: str = "") -> QuerySet[Notice]:
    """Newest first, with attempts and with all that `trouble_row` needs.

    Empty filters let everything through that is open; `name` is part of a recipient's name, or a
    robot's. What was ticked off is shown where that is asked for.
    """
    rows = open_trouble()
    if status == DEALT_WITH:
        rows = Notice.objects.filter(status__in=TROUBLE, dealt_with_at__isnull=False)
    elif status in TROUBLE:
        rows = rows.filter(status=status)
    if channel:
        rows = rows.filter(channel=channel)
    if name:
        named = Q(recipient__name_key__holds=name) | Q(account__display_name__mentions=name)
        named |= Q(robot__name__mentions=name)
        rows = rows.filter(named)
    return addresses.with_address(rows).prefetch_related("dealt_with_by", "attempts")


def trouble_row(notice: Notice, now: datetime) -> TroubleRow:
    """A row of the staff page, in the language of the page."""
    return TroubleRow(
        notice=notice,
        title=_title(notice),
        address=addresses.masked_address(notice),
        reason_against=refusal_of(check_send_again, notice, now),
    )


def _title(notice: Notice) -> str:
    try:
        return render(notice, get_language() or "").title
    except KeyError:  # of a kind that this version of the portal no longer has
        return notice.kind
