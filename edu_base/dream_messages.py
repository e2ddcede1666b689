"""What enterprises and the workers they nominate hear, by a number that need not be anybody's."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind, Phone
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY, NAME, NUMBER, TITLE
from edu_base.models import Allotment, Nomination

ALLOTMENT = Subject("allotment", Allotment)
NOMINATION = Subject("nomination", Nomination)
OFFICE = (Phone(_("the community")),)
OF_WORKER = {"person": NAME, "title": TITLE}
OF_ENTERPRISE = {"title": TITLE, "number": NUMBER, "until_on": DAY}
ENTERPRISES_PAGE = "/education/nominating/{nominating_token}/"
WORKERS_PAGE = "/education/nominated/{nominated_token}/"

ASKED_TO_NOMINATE = Kind(
    code="edu_base.asked_to_nominate",
    title=_("Dream scheme: please nominate"),
    body=_(
        "{title} may nominate up to {number} outstanding workers for the Dream scheme, until "
        "{until_on}. The page is for you alone; please do not pass it on."
    ),
    sms=_("Dream: {title} may nominate {number} by {until_on}:"),
    variables=OF_ENTERPRISE,
    link=ENTERPRISES_PAGE,
    phones=OFFICE,
)
NOMINATING_REMINDER = Kind(
    code="edu_base.nominating_reminder",
    title=_("Dream scheme: places to nominate for are free"),
    body=_(
        "{title} can still nominate {number} workers for the Dream scheme, until {until_on}. What "
        "is not used by then goes to other enterprises."
    ),
    sms=_("Dream: {title} has {number} places left, until {until_on}:"),
    variables=OF_ENTERPRISE,
    link=ENTERPRISES_PAGE,
    phones=OFFICE,
)
NOMINATED = Kind(
    code="edu_base.nominated",
    title=_("For {person}: nominated for the Dream scheme"),
    body=_(
        "{title} has nominated {person} for the Dream scheme. Only {person} can say yes, by "
        "{until_on}; a no needs no reason."
    ),
    sms=_("For {person}: {title} nominated you. Yes or no:"),
    variables=OF_WORKER,
    link=WORKERS_PAGE,
    phones=OFFICE,
)
NOMINATED_REMINDER = Kind(
    code="edu_base.nominated_reminder",
    title=_("For {person}: the Dream scheme waits for your answer"),
    body=_(
        "{title} has nominated {person} for the Dream scheme. Please say yes or no by {until_on}."
    ),
    sms=_("Reminder for {person}: {title} nominated you:"),
    variables=OF_WORKER,
    link=WORKERS_PAGE,
    phones=OFFICE,
)
NOMINATION_ENDED = Kind(
    code="edu_base.nomination_ended",
    title=_("For {person}: the nomination has ended"),
    body=_("The nomination of {person} by {title} for the Dream scheme has ended. Please ring us."),
    sms=_("For {person}: the nomination by {title} has ended. Questions:{phone}"),
    variables=OF_WORKER,
    phones=OFFICE,
)
