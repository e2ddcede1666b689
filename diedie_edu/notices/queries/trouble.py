"""Messages that failed or of which nobody knows, for the staff who follow them up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import TROUBLE, Notice
from diedie_edu.notices.queries import addresses
from diedie_edu.notices.rules import check_send_again


@dataclass(frozen=True)
class TroubleRow:
    """`again` is the message sent in its place, if any; `reason_against` why none can be."""

    notice: Notice
    title: str
    address: str
    again: Notice | None
    reason_against: Refused | None


def troubled(*, status: str = "", channel: str = "", name: str = "") -> QuerySet[Notice]:
    """Newest first, with attempts and with all that `trouble_row` needs.

    Empty filters let everything through; `name` is part of a recipient's name.
    """
    rows = Notice.objects.filter(status__in=[status] if status in TROUBLE else TROUBLE)
    if channel:
        rows = rows.filter(channel=channel)
    if name:
        named = Q(recipient__name_key__holds=name) | Q(account__display_name__icontains=name)
        rows = rows.filter(named)
    return addresses.with_address(rows).select_related("again").prefetch_related("attempts")


def trouble_row(notice: Notice, now: datetime) -> TroubleRow:
    """A row of the staff page, in the language of the page."""
    return TroubleRow(
        notice=notice,
        title=_title(notice),
        address=addresses.masked_address(notice),
        again=getattr(notice, "again", None),
        reason_against=refusal_of(check_send_again, notice, now),
    )


def _title(notice: Notice) -> str:
    try:
        return render(notice, get_language() or "").title
    except KeyError:  # of a kind that this version of the portal no longer has
        return notice.kind
