"""The notices of an afternoon that goes otherwise than planned: to staff and lead, whose subject
is the session, and to the guardians of each child."""

from django.utils.translation import gettext_noop as _

from after_school import chat_words
from after_school.messages import AFTERNOONS, AT, LINK, PHONES, SESSION_LINK
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import CLOCK, NUMBER

NOT_OPENED = Kind(
    code="after_school.not_opened",
    title=_("The 4:30 school is not open"),
    body=_(
        "The afternoon began at {time}, and nobody has opened it. Please go there at once, see to "
        "the children at the door, and open it."
    ),
    sms=_("Urgent: nobody has opened the 4:30 school of {time}. Please go there:"),
    variables={"time": CLOCK},
    link=SESSION_LINK,
    alarm=True,
    group=chat_words.NOT_OPENED,
)
NOT_OPENED_FOR_FAMILY = Kind(
    code="after_school.not_opened_for_family",
    title=_("{name}: the 4:30 school is not open yet"),
    body=_(
        "It is {time}, and nobody has opened the 4:30 school today, so we cannot say whether "
        "{name} is there. Please call us at once if you do not know where your child is. As soon "
        "as {name} is let in, you get a message."
    ),
    sms=_("School shut at {time}. Where is {name}? Call{phone}:"),
    variables=AT,
    link=LINK,
    phones=PHONES,
)
OPENED_LATE = Kind(
    code="after_school.opened_late",
    title=_("The 4:30 school is open now"),
    body=_("{by} has opened the afternoon at {time}. Children are being let in."),
    sms=_("The 4:30 school is open since {time}."),
    variables={"time": CLOCK},
    link=SESSION_LINK,
    sort=AFTERNOONS,
)
UNOPENED = (NOT_OPENED, NOT_OPENED_FOR_FAMILY)

CLOSED_FOR_FAMILY = Kind(
    code="after_school.closed_for_family",
    title=_("{name}: the 4:30 school closed early"),
    body=_(
        "The 4:30 school closed at {time}, before its end, and {name} has not come. Please see "
        "that {name} does not wait at the door, and call us at once if you do not know where your "
        "child is."
    ),
    sms=_("School ended at {time}. Where's {name}? Call{phone}:"),
    variables=AT,
    link=LINK,
    phones=PHONES,
)
CLOSED_WITH_AWAITED = Kind(
    code="after_school.closed_with_awaited",
    title=_("The 4:30 school closed with children to come"),
    body=_(
        "{by} closed the afternoon at {time}, before its end. Children still to come: {number}. "
        "Reason: {reason}. Their guardians get a message or a call. Please see that somebody is "
        "at the door."
    ),
    sms=_("4:30 school closed at {time}, still to come: {number}. Please see:"),
    variables={"time": CLOCK, "number": NUMBER},
    link=SESSION_LINK,
    alarm=True,
    group=chat_words.CLOSED_WITH_AWAITED,
)
CLOSED_EARLY = (CLOSED_FOR_FAMILY, CLOSED_WITH_AWAITED)

STILL_HERE = Kind(
    code="after_school.still_here",
    title=_("{name} is still at the 4:30 school"),
    body=_(
        "It is {time}, the 4:30 school is over, and {name} is still here. Adults stay with {name}. "
        "Please come, or call us so that we know who comes."
    ),
    sms=_("4:30 school: {name} still here, {time}. Call{phone}:"),
    variables=AT,
    link=LINK,
    phones=PHONES,
    urgent=True,
)
NOT_COLLECTED = Kind(
    code="after_school.not_collected",
    title=_("Children are still at the 4:30 school"),
    body=_(
        "It is {time}. Children who have not been collected: {number}. Please see that two adults "
        "stay, and call the families."
    ),
    sms=_("4:30 school, {time}: children not collected: {number}. Please call:"),
    variables={"time": CLOCK, "number": NUMBER},
    link="/desk/school/sessions/{session}/still-here/",
    alarm=True,
    urgent=True,
    group=chat_words.NOT_COLLECTED,
)
HELP_LOOK = Kind(
    code="after_school.help_look",
    title=_("A child is missing at the 4:30 school"),
    body=_(
        "By {time} a child had not come to the 4:30 school, without notice. Its staff know the "
        "name and are calling the family. Please help: look around you, and pick up the telephone."
    ),
    sms=_("4:30 school: at {time} a child is missing. Please help to look:"),
    variables={"time": CLOCK},
    link="/desk/",
    urgent=True,
)
