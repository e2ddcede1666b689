"""Where the short link of a message leads."""

from django.conf import settings

from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.notices.text_messages import reference_in


def page_behind(key: str) -> str:
    """The path of the page that the message is about; "" where there is none, or no such message
    (any more)."""
    notice = _behind(key)
    if notice is None:
        return ""
    try:
        return render(notice, settings.LANGUAGE_CODE).path
    except KeyError:  # of a kind that this version of the portal no longer has
        return ""


def event_behind(key: str) -> str:
    """What the message tells of; all that says the same has the same."""
    notice = _behind(key)
    return notice.event if notice else ""


def _behind(key: str) -> Notice | None:
    reference = reference_in(key)
    return Notice.objects.filter(reference=reference).first() if reference else None
