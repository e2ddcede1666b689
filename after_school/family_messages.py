"""The notices about who answers for a child, and who may not be near it."""

from django.utils.translation import gettext_noop as _

from after_school.messages import LINK, PHONES
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import NAME

CUSTODY_CHANGED = Kind(
    code="after_school.custody_changed",
    title=_("{name}: who answers for it now"),
    body=_(
        "Our staff have seen a paper and changed who answers for {name}: from now on {who}. "
        "Nobody else decides for {name} or collects it as a guardian. If this is not right, call "
        "us at once."
    ),
    sms=_("Guardians of {name} now: {who}. Check:"),
    variables={"name": NAME, "who": NAME},
    link=LINK,
    phones=PHONES,
)
