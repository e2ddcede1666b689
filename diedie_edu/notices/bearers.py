"""Links of messages end with the phone of their reader: the old one may be in other hands.

What a text message went to is kept as a hash (`Attempt.sent_to`); a link that was opened there
carries a mark of the phone.
"""

from diedie_edu.common.crypto import hash_matches, keyed_hash, keyed_hashes
from diedie_edu.common.links import MARK
from diedie_edu.notices.models import Attempt, Channel, Notice

PURPOSE = "notices.sent_to"


def sent_to(address: str) -> str:
    """How an attempt keeps a number."""
    return keyed_hash(address, PURPOSE)


def bearer_of(notice: Notice) -> tuple[int, str] | None:
    """What links of this message carry; None where it is for nobody whose phone may change."""
    whose = notice.addressee
    return (notice.pk, sent_to(whose.phone)[:MARK]) if notice.pk and whose else None


def holds(number: int, mark: str) -> bool:
    """Whether the addressee of a message has the phone still that its link was made for."""
    rows = Notice.objects.filter(pk=number).select_related("recipient", "account")
    whose = next((row.addressee for row in rows), None)
    marks = keyed_hashes(whose.phone, PURPOSE) if whose else []
    return any(digest[:MARK] == mark for digest in marks)


def is_still_theirs(notice: Notice, places: list[str]) -> bool:
    """Whether a message went to one of the `places` that its addressee has now: phones of a text
    message, or the WeChat that is tied."""
    if notice.channel not in (Channel.SMS, Channel.WECHAT) or notice.addressee is None:
        return True
    digests = Attempt.objects.filter(notice=notice).exclude(sent_to="").order_by("number")
    last = digests.values_list("sent_to", flat=True).last()
    return last is None or any(hash_matches(place, last, PURPOSE) for place in places)
