"""Where the short link of a message leads."""

from django.conf import settings

from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.notices.text_messages import reference_in


def page_behind(key: str) -> str:
    """The path of the page that the message is about; "" where there is none, or no such message
    (any more)."""
    reference = reference_in(key)
    notice = reference and Notice.objects.filter(reference=reference).first()
    if not notice:
        return ""
    try:
        return render(notice, settings.LANGUAGE_CODE).path
    except KeyError:  # of a kind that this version of the portal no longer has
        return ""
