"""What leaders hear of findings, staff of answers and complaints, and whoever complained."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY, NUMBER, TITLE
from happy_square.messages import GUIDANCE
from happy_square.models import Complaint, Finding

FINDING, COMPLAINT = Subject("finding", Finding), Subject("complaint", Complaint)
GROUP_PAGE = "/groups/{group}/findings/"
FINDING_PAGE = "/desk/square/findings/{finding}/"
DATED = {"title": TITLE, "due_on": DAY}

FOUND = Kind(
    code="happy_square.found",
    title=_("After the visit: {title}"),
    body=_(
        "Points to be put right at “{title}”: {number}, the first by {due_on}. The page says what; "
        "please write there what you have done."
    ),
    sms=_("Points at {title}: {number}, the first by {due_on}:"),
    variables=DATED | {"number": NUMBER},
    link=GROUP_PAGE,
)
DUE = Kind(
    code="happy_square.finding_due",
    title=_("To be put right by {due_on}: {title}"),
    body=_(
        "To be put right at “{title}” by {due_on}: {what} Please write on the page what you have "
        "done. If you need help, ring the community."
    ),
    sms=_("At {title} please put a point right by {due_on}:"),
    variables=DATED,
    link=GROUP_PAGE,
)
OVERDUE = Kind(
    code="happy_square.finding_overdue",
    title=_("Overdue since {due_on}: {title}"),
    body=_(
        "It was to be put right at “{title}” by {due_on}: {what} Please do it now and write it on "
        "the page, or ring the community."
    ),
    sms=_("At {title} a point was to be put right by {due_on}:"),
    variables=DATED,
    link=GROUP_PAGE,
)
NOT_ENOUGH = Kind(
    code="happy_square.finding_not_enough",
    title=_("Something is still missing: {title}"),
    body=_("“{title}”, {what} {words} Please put it right by {due_on}."),
    sms=_("At {title} something is still missing, by {due_on}:"),
    variables=DATED,
    link=GROUP_PAGE,
)
CLOSED = Kind(
    code="happy_square.finding_closed",
    title=_("Put right, thank you: {title}"),
    body=_("“{title}”, {what} This has been put right. {words} Thank you for seeing to it."),
    sms=_("Thank you: what was found at {title} has been put right."),
    variables={"title": TITLE},
    link=GROUP_PAGE,
)
ANSWERED = Kind(
    code="happy_square.finding_answered",
    title=_("“{title}” has answered"),
    body=_("“{title}” answers ({what}): {words} Look whether that is enough."),
    sms=_("An answer from {title} to a finding:"),
    variables={"title": TITLE},
    link=FINDING_PAGE,
    sort=GUIDANCE,
)
COMPLAINT_ARRIVED = Kind(
    code="happy_square.complaint_arrived",
    title=_("A complaint has come in"),
    body=_("A resident complains of {where}. Read it, and say what follows."),
    sms=_("A complaint of {where} has come in:"),
    variables={"where": TITLE},
    link="/desk/square/complaints/{complaint}/",
    sort=GUIDANCE,
)
COMPLAINT_SETTLED = Kind(
    code="happy_square.complaint_settled",
    title=_("What became of your complaint"),
    body=_("We have seen to what you told us of {where}. The page says what came of it."),
    sms=_("Your complaint of {where}, and what came of it:"),
    variables={"where": TITLE},
    link="/square/complaints/{complaint_token}/",
)
