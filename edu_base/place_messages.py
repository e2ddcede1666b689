"""What applicants and guardians hear from the proposal until the college's list, and what staff and
objectors hear of objections. Only the college's list makes somebody a student: until then no words
say so."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY, MOMENT, NAME, TITLE
from edu_base.messages import OBJECTIONS, PAGE
from edu_base.models import Objection

OBJECTION = Subject("objection", Objection)
OFFER_PAGE = "/education/offers/{offer_token}/"
BOTH = {"whom": NAME, "name": NAME}

PROPOSED = Kind(
    code="edu_base.proposed",
    title=_("For {whom}: {name} is proposed: {title}"),
    body=_(
        "{whom}: {name} is proposed for “{title}”. The names are announced in public next, "
        "then the committee and the college decide. We tell you of each step."
    ),
    sms=_("For {whom}: {name} is proposed."),
    variables=BOTH,
    link=PAGE,
)
NOT_PROPOSED = Kind(
    code="edu_base.not_proposed",
    title=_("For {whom}: Proposal taken back: {name}"),
    body=_(
        "{whom}: The proposal of {name} for “{title}” has been taken back; the application "
        "stands in the ranking as before. {reason} If you have questions, ring the community."
    ),
    sms=_("For {whom}: no longer proposed: {name}. Why:"),
    variables=BOTH,
    link=PAGE,
)
RESERVED = Kind(
    code="edu_base.reserved",
    title=_("For {whom}: {name} is on the reserve list: {title}"),
    body=_(
        "{whom}: All places of “{title}” are taken at present. {name} is on the reserve list. "
        "Where a place comes free, we write at once, so please keep your phone at hand."
    ),
    sms=_("For {whom}: {name} is on the reserve list."),
    variables=BOTH,
    link=PAGE,
)
OFFERED = Kind(
    code="edu_base.offered",
    title=_("For {whom}: A place has come free for {name}: {title}"),
    body=_(
        "{whom}: A place in “{title}” has come free, and {name} is next. Please say yes or no "
        "until {offer_ends_at}; after that we cannot keep it any longer."
    ),
    sms=_("To {whom}: reply for {name} by {offer_ends_at}:"),
    variables=BOTH | {"offer_ends_at": MOMENT},
    link=OFFER_PAGE,
)
OFFER_ENDS = Kind(
    code="edu_base.offer_ends",
    title=_("For {whom}: Please answer, {name}: {title}"),
    body=_(
        "{whom}: The place in “{title}” is kept for {name} until {offer_ends_at}, and we have "
        "no answer yet. Please say yes or no."
    ),
    sms=_("To {whom}: reply for {name} by {offer_ends_at}:"),
    variables=BOTH | {"offer_ends_at": MOMENT},
    link=OFFER_PAGE,
)
OFFER_OVER = Kind(
    code="edu_base.offer_over",
    title=_("For {whom}: The time to answer is over: {title}"),
    body=_(
        "{whom}: We had no answer for {name} in time, so the place in “{title}” is kept no "
        "longer. If something went wrong, ring the community."
    ),
    sms=_("For {whom}: {name} did not reply in time."),
    variables=BOTH,
    link=PAGE,
)
ANNOUNCED = Kind(
    code="edu_base.announced",
    title=_("For {whom}: {name} stands in the public announcement"),
    body=_(
        "{whom}: From {first_on} to {last_on} the public announcement of “{title}” names "
        "{name}, half covered and without anything else. After that the committee decides."
    ),
    sms=_("For {whom}: {name} in public until {last_on}."),
    variables=BOTH | {"last_on": DAY},
    link=PAGE,
)
CONFIRMED = Kind(
    code="edu_base.confirmed",
    title=_("For {whom}: The committee has confirmed {name}: {title}"),
    body=_(
        "{whom}: The party committee has confirmed the proposal of {name} for “{title}” on "
        "{decided_on}. Now the college decides; we write as soon as its list is here."
    ),
    sms=_("For {whom}: the committee has confirmed {name}."),
    variables=BOTH,
    link=PAGE,
)
ADMITTED = Kind(
    code="edu_base.admitted",
    title=_("For {whom}: Congratulations: {name} is admitted to {title}"),
    body=_(
        "{whom}: The college has admitted {name} to “{title}”. Please report there on the day "
        "that its letter names, and keep the letter."
    ),
    sms=_("For {whom}: the college has admitted {name}!"),
    variables=BOTH,
    link=PAGE,
)
REPORTED = Kind(
    code="edu_base.reported",
    title=_("For {whom}: {name} has reported at the college"),
    body=_("{whom}: {name} has reported at the college for “{title}”. We wish a good start!"),
    sms=_("For {whom}: {name} has reported at the college."),
    variables=BOTH,
    link=PAGE,
)
NO_PLACE = Kind(
    code="edu_base.no_place",
    title=_("For {whom}: No place for {name}: {title}"),
    body=_(
        "{whom}: {name} cannot have a place in “{title}”. {reason} Questions? Ring the community."
    ),
    sms=_("For {whom}: no place for {name}. Why:"),
    variables=BOTH,
    link=PAGE,
)
OBJECTION_ARRIVED = Kind(
    code="edu_base.objection_arrived",
    title=_("An objection has come in: {title}"),
    body=_(
        "Somebody objects to a name on the public announcement of “{title}”. Whoever did not "
        "review the case decides, before anything goes on."
    ),
    sms=_("An objection has come in, {title}:"),
    variables={"title": TITLE},
    link="/desk/education/objections/{objection}/",
    sort=OBJECTIONS,
)
OBJECTION_DECIDED = Kind(
    code="edu_base.objection_decided",
    title=_("Your objection has been decided"),
    body=_("We have looked into your objection to the announcement of “{title}”. See the page."),
    sms=_("Your objection, {title}, has been decided. See:"),
    variables={"title": TITLE},
    link="/education/objections/{objection_token}/",
)
