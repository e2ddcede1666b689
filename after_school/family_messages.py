"""The notices about who answers for a child, and who may not be near it."""

from django.utils.translation import gettext_noop as _

from after_school import chat_words
from after_school.messages import LINK, PHONES
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import NAME, NUMBER

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
BARRED_ON_DUTY = Kind(
    code="after_school.barred_on_duty",
    title=_("{name} is taken off the roster"),
    body=_(
        "{name} is barred from a child who comes on the same days. We have freed {number} duties, "
        "the first on {starts_at}, and ask others to stand in. Please see to it that {name} does "
        "not come."
    ),
    sms=_("4:30 roster: {name} is barred, {number} duties freed:"),
    variables={"name": NAME, "number": NUMBER},
    link="/desk/school/roster/",
    alarm=True,
    group=chat_words.BARRED,
)
