"""What applicants and guardians hear from the proposal until the college's list, and what staff and
objectors hear of objections. Only the college's list makes somebody a student: until then no words
say so."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY, MOMENT, NAME, TITLE
from edu_base.messages import PAGE
from edu_base.models import Objection

OBJECTION = Subject("objection", Objection)
OFFER_PAGE = "/education/offers/{offer_token}/"
WHO = {"name": NAME}
ABOUT = WHO | {"title": TITLE}

PROPOSED = Kind(
    code="edu_base.proposed",
    title=_("{name} is proposed: {title}"),
    body=_(
        "{name} is proposed for “{title}”. The names are announced in public next, then the "
        "committee and the college decide. We tell you of each step."
    ),
    sms=_("Proposed: {name}, {title}. See:"),
    variables=ABOUT,
    link=PAGE,
)
NOT_PROPOSED = Kind(
    code="edu_base.not_proposed",
    title=_("Proposal taken back: {name}"),
    body=_(
        "The proposal of {name} for “{title}” has been taken back; the application stands in the "
        "ranking as before. {reason} If you have questions, ring the community."
    ),
    sms=_("Proposal taken back: {name}. Why:"),
    variables=WHO,
    link=PAGE,
)
RESERVED = Kind(
    code="edu_base.reserved",
    title=_("{name} is on the reserve list: {title}"),
    body=_(
        "All places of “{title}” are taken at present. {name} is on the reserve list. Where a "
        "place comes free, we write at once, so please keep your phone at hand."
    ),
    sms=_("On the reserve list: {name}, {title}."),
    variables=ABOUT,
    link=PAGE,
)
OFFERED = Kind(
    code="edu_base.offered",
    title=_("A place has come free for {name}: {title}"),
    body=_(
        "A place in “{title}” has come free, and {name} is next. Please say yes or no until "
        "{offer_ends_at}; after that it goes to the next person."
    ),
    sms=_("A place for {name}. Please answer by {offer_ends_at}:"),
    variables=WHO | {"offer_ends_at": MOMENT},
    link=OFFER_PAGE,
)
OFFER_ENDS = Kind(
    code="edu_base.offer_ends",
    title=_("Please answer, {name}: {title}"),
    body=_(
        "The place in “{title}” is kept for {name} until {offer_ends_at}, and we have no answer "
        "yet. Please say yes or no."
    ),
    sms=_("No answer yet for {name}, until {offer_ends_at}:"),
    variables=WHO | {"offer_ends_at": MOMENT},
    link=OFFER_PAGE,
)
OFFER_OVER = Kind(
    code="edu_base.offer_over",
    title=_("The place went to the next person: {title}"),
    body=_(
        "We had no answer for {name} in time, so the place in “{title}” goes to the next person. "
        "If something went wrong, ring the community."
    ),
    sms=_("No answer in time for {name}: the place went on."),
    variables=WHO,
    link=PAGE,
)
ANNOUNCED = Kind(
    code="edu_base.announced",
    title=_("{name} stands in the public announcement"),
    body=_(
        "From {first_on} to {last_on} the public announcement of “{title}” names {name}, half "
        "covered and without anything else. After that the committee decides."
    ),
    sms=_("In public until {last_on}: {name}."),
    variables=WHO | {"last_on": DAY},
    link=PAGE,
)
CONFIRMED = Kind(
    code="edu_base.confirmed",
    title=_("The committee has confirmed {name}: {title}"),
    body=_(
        "The party committee has confirmed the proposal of {name} for “{title}” on {decided_on}. "
        "Now the college decides; we write as soon as its list is here."
    ),
    sms=_("Confirmed by the committee: {name}."),
    variables=WHO,
    link=PAGE,
)
ADMITTED = Kind(
    code="edu_base.admitted",
    title=_("Congratulations: {name} is admitted to {title}"),
    body=_(
        "The college has admitted {name} to “{title}”. Please report there on the day that its "
        "letter names, and keep the letter."
    ),
    sms=_("Congratulations! Admitted by the college: {name}."),
    variables=WHO,
    link=PAGE,
)
REPORTED = Kind(
    code="edu_base.reported",
    title=_("{name} has reported at the college"),
    body=_("{name} has reported at the college for “{title}”. We wish a good start!"),
    sms=_("Reported at the college: {name}. A good start!"),
    variables=WHO,
    link=PAGE,
)
NO_PLACE = Kind(
    code="edu_base.no_place",
    title=_("No place for {name}: {title}"),
    body=_("{name} cannot have a place in “{title}”. {reason} Questions? Ring the community."),
    sms=_("No place for {name}. The page says why:"),
    variables=WHO,
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
)
OBJECTION_DECIDED = Kind(
    code="edu_base.objection_decided",
    title=_("Your objection has been decided"),
    body=_("We have looked into your objection to the announcement of “{title}”. See the page."),
    sms=_("Your objection, {title}, has been decided. See:"),
    variables={"title": TITLE},
    link="/education/objections/{objection_token}/",
)
