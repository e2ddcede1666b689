"""Where a message goes: the rows that decide it, and the address as staff may see it."""

from django.db.models import QuerySet

from diedie_edu.common.phones import masked, phone_key
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.notices.named import all_of
from diedie_edu.notices.relatives import who_entered, with_relatives
from diedie_edu.notices.rules.addresses import address_of
from diedie_edu.people.models import Resident


def with_address(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Together with the rows that decide where a message goes: four queries for any number, and
    one for those to robots."""
    rows = notices.annotate(entered_by=who_entered()).select_related(
        "recipient__account", "recipient__household", "account__resident"
    )
    return with_relatives(rows, "recipient__").prefetch_related("robot")


def masked_address(notice: Notice) -> str:
    """Enough to recognise the phone or mailbox by, not enough to use it; "" where there is none,
    and for WeChat, which nobody would know by it."""
    if notice.robot is not None:
        return notice.robot.shown_address
    if notice.channel == Channel.WECHAT:
        return ""
    address = address_of(notice)
    if notice.channel != Channel.EMAIL:
        return masked(address) if address else ""
    mailbox, at, host = address.partition("@")
    return f"{mailbox[:1]}***{at}{host}" if at else ""


def named_on(notice: Notice, address: str) -> str:
    """The name that a text message to `address` says, lest others who read it there take it for
    theirs, or all for whom it goes there; "" where the phone is the addressee's alone."""
    person = notice.recipient
    if person is None or notice.channel != Channel.SMS:
        return ""
    along = notice.also_tells.values_list("recipient__full_name", flat=True).order_by("pk")
    if notice.pk and (others := list(along)):
        return all_of([person.full_name, *others])
    sharing = Resident.objects.filter(phone_key=phone_key(address)).exclude(pk=person.pk)
    is_own = address == person.phone and not sharing.exists()
    return "" if is_own else person.full_name
