"""Messages in the portal, as the person who signed in reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.composed import Composed, number_of
from diedie_edu.notices.kinds import Text, render
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.people.queries import READERS_IDS

SHOWN_AT_ONCE = 20
# The array is made once, so that both sides are found by their index.
ARE_THEIRS = f"""
(notices_notice.recipient_id = ANY(ARRAY({READERS_IDS})) OR notices_notice.account_id = %s)
"""


@dataclass(frozen=True)
class Message:
    """A message in the reader's language. `for_name` is set where it is another's of the family.

    `url` is the page it is about, empty where there is none; `numbers`: whom to ring, and where.
    """

    pk: int
    title: str
    text: str
    url: str
    created_at: datetime
    is_read: bool
    for_name: str
    numbers: Sequence[tuple[str, str]]


def messages_of(user: User) -> QuerySet[Notice]:
    """What arrived for an account and for those it acts for, newest first."""
    return (
        _arrived_for(user.pk).select_related("recipient", "account").order_by("-created_at", "-id")
    )


UNREAD = Composed[int](
    lambda account: number_of(_arrived_for(account).filter(read_at=None)), account=int
)


def unread_count(user: User) -> int:
    """Every page of whoever is signed in says it."""
    return UNREAD.rows(account=user.pk)[0]


def unread_notices(user: User) -> list[Message]:
    """The newest unread messages, some twenty of them."""
    unread = messages_of(user).filter(read_at=None)
    return [opened(notice) for notice in unread[:SHOWN_AT_ONCE]]


def opened(notice: Notice) -> Message:
    """A message in the language of the page at hand."""
    text = _text(notice)
    other = notice.recipient if notice.recipient and notice.recipient.account_id is None else None
    return Message(
        pk=notice.pk,
        title=text.title,
        text=text.body,
        url=text.path,
        created_at=notice.created_at,
        is_read=notice.read_at is not None,
        for_name=other.full_name if other else "",
        numbers=text.numbers,
    )


def _arrived_for(account: int) -> QuerySet[Notice]:
    are_theirs = RawSQL(ARE_THEIRS, [account] * 4, BooleanField())  # nosec B611 (a constant)
    return Notice.objects.filter(are_theirs, channel=Channel.INBOX, status=Status.DELIVERED)


def _text(notice: Notice) -> Text:
    try:
        return render(notice, get_language() or "")
    except KeyError:  # of a kind that this version of the portal no longer has
        return Text(title=_("A message from the community"), body="", sms="", path="")


def words_of(notice: Notice) -> str:
    """Title and text of a message, for a copy of somebody's data."""
    text = _text(notice)
    return f"{text.title} {text.body}".strip()
