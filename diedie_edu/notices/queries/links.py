"""Where the short link of a message leads."""

from django.conf import settings

from diedie_edu.notices.bearers import is_still_theirs
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.notices.queries.addresses import named_on, with_address
from diedie_edu.notices.rules.addresses import address_of, numbers_of, wechat_of
from diedie_edu.notices.text_messages import reference_in


def page_behind(key: str) -> str:
    """The path of the page that the message is about; "" where there is none, no such message (any
    more), or it went to a phone or a WeChat that its addressee has no longer."""
    notice = message_behind(key)
    if not notice or not is_still_theirs(notice, _places_of(notice)):
        return ""
    try:
        return render(notice, settings.LANGUAGE_CODE).path
    except KeyError:  # of a kind that this version of the portal no longer has
        return ""


def _places_of(notice: Notice) -> list[str]:
    if notice.channel == Channel.WECHAT:
        return [wechat_of(notice)]
    return [one.phone for one in numbers_of(notice)]


def message_behind(key: str) -> Notice | None:
    """The message whose link it is, with all that decides where it goes."""
    reference = reference_in(key)
    return with_address(Notice.objects.filter(reference=reference)).first() if reference else None


def event_behind(key: str) -> str:
    """What the message tells of; all that says the same has the same."""
    notice = message_behind(key)
    return notice.event if notice else ""


def named_behind(key: str) -> str:
    """Whom the message is for, where several people share the phone it went to; "" elsewhere."""
    notice = message_behind(key)
    return named_on(notice, address_of(notice)) if notice else ""
