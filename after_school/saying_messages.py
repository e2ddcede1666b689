"""The notices of what family and gate tell each other of an afternoon."""

from django.utils.translation import gettext_noop as _

from after_school.messages import AT, LINK, PHONES
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import NAME, Longest

SESSION_CHILD = "/desk/school/sessions/{session}/children/{child}/"
SAID = Longest("今天不来", "not coming today")

ARRIVED = Kind(
    code="after_school.arrived",
    title=_("{name} has arrived at {time}"),
    body=_("{name} is at the 4:30 school since {time}."),
    sms=_("4:30 school: {name} has arrived at {time}."),
    variables=AT,
    link=LINK,
)
WHERE_FOR_FAMILY = Kind(
    code="after_school.where_for_family",
    title=_("{name}: “{said}”"),
    body=_("At {time} {who} told us of {name}: “{said}”. If this is not right, call us at once."),
    sms=_("4:30 school, {name}: {said} ({who})."),
    variables={"who": NAME, "name": NAME, "said": SAID},
    link=LINK,
    phones=PHONES,
)
WHERE_FOR_STAFF = Kind(
    code="after_school.where_for_staff",
    title=_("{name}: “{said}”"),
    body=_("At {time} {who} told us of {name}: “{said}”."),
    sms=_("4:30 school, {name}: {said} ({who})."),
    variables={"who": NAME, "name": NAME, "said": SAID},
    link=SESSION_CHILD,
)
NOT_BELIEVED = Kind(
    code="after_school.not_believed",
    title=_("{name} is missing, and {who} answered"),
    body=_(
        "At {time} {who} told us of {name}: “{said}”. But {who} may not collect {name}, or does "
        "not answer for {name} any more, so {name} is still missing. Please call the guardians at "
        "once, and the police (110) if nobody knows where {name} is."
    ),
    sms=_("Urgent {time}: {who} may not answer for {name}:"),
    variables=AT | {"who": NAME},
    link=SESSION_CHILD,
    alarm=True,
)
