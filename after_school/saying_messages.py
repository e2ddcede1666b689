"""The notices of what family and gate tell each other: of a place, then of each afternoon."""

from django.utils.translation import gettext_noop as _

from after_school import chat_words
from after_school.messages import AT, LINK, PHONES
from diedie_edu.activities.messages import PLACE_LINK
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import MOMENT, NAME, VENUE, Longest

SESSION_CHILD = "/desk/school/sessions/{session}/children/{child}/"
FIRST = {"name": NAME, "first_at": MOMENT, "venue": VENUE}
SAID = Longest("今天不来", "not coming today")

ENROLLED = Kind(
    code="after_school.enrolled",
    title=_("{name} has a place at the 4:30 school"),
    body=_(
        "{name} comes for the first time on {first_at}: {zone}, {venue} (“{term_title}”). The page "
        "of {name} says how each day goes, who may collect, and how to tell us of an absence."
    ),
    sms=_("Place: {name}, {first_at}, {venue}."),
    variables=FIRST,
    link=LINK,
    confirms=True,
)
QUEUED = Kind(
    code="after_school.queued",
    title=_("{name} is on the waiting list of the 4:30 school"),
    body=_(
        "All places of “{term_title}” are taken. As soon as one is free and it is the turn of "
        "{name}, we keep it for you and tell you."
    ),
    sms=_("4:30 school: {name} is on the waiting list. We'll tell you."),
    variables={"name": NAME},
    link=LINK,
    confirms=True,
)
PLACE_KEPT = Kind(
    code="after_school.place_kept",
    title=_("{name}: it is your turn at the 4:30 school"),
    body=_(
        "A place is kept for {name}. The first day would be {first_at}: {zone}, {venue}. Please "
        "take it before {offer_expires_at}; after that we cannot keep it any longer."
    ),
    sms=_("A place for {name}. Please take it by {offer_expires_at}:"),
    variables={"name": NAME, "offer_expires_at": MOMENT},
    link=PLACE_LINK,
)
ARRIVED = Kind(
    code="after_school.arrived",
    title=_("{name} has arrived at {time}"),
    body=_("{name} is at the 4:30 school since {time}."),
    sms=_("4:30 school: {name} has arrived at {time}."),
    variables=AT,
    link=LINK,
    is_called=False,  # every day; who has not come is another message
)
WHERE_FOR_FAMILY = Kind(
    code="after_school.where_for_family",
    title=_("{name}: “{said}”"),
    body=_("At {time} {who} told us of {name}: “{said}”. If this is not right, call us at once."),
    sms=_("4:30 school, {name}: {said} ({who})."),
    variables={"who": NAME, "name": NAME, "said": SAID},
    link=LINK,
    phones=PHONES,
    urgent=True,
)
WHERE_FOR_STAFF = Kind(
    code="after_school.where_for_staff",
    title=_("{name}: “{said}”"),
    body=_("At {time} {who} told us of {name}: “{said}”."),
    sms=_("4:30 school, {name}: {said} ({who})."),
    variables={"who": NAME, "name": NAME, "said": SAID},
    link=SESSION_CHILD,
    urgent=True,
    group=chat_words.ANSWERED,
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
    urgent=True,
    group=chat_words.NOT_BELIEVED,
)
SWAP_ASKED = Kind(
    code="after_school.swap_asked",
    title=_("Can you swap your duty on {starts_at}?"),
    body=_(
        "Somebody would like to have your duty at the 4:30 school on {starts_at}, and offers the "
        "one on {other_at} for it. Open the page and say yes or no; nobody minds a no."
    ),
    sms=_("Swap duties? Yours {starts_at} for {other_at}:"),
    variables={"starts_at": MOMENT, "other_at": MOMENT},
    link="/school/swap/{swap_token}/",
)
