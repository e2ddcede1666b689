"""The notices of requests. Data: `request` (its number), `what` in both languages."""

from django.utils.translation import gettext_noop as _

from diedie_edu.decisions.models import Request, State
from diedie_edu.notices import groups
from diedie_edu.notices.groups import Group
from diedie_edu.notices.kinds import Kind, Sort
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY, TITLE

REQUEST = Subject("request", Request)
REQUESTS = Sort("requests", _("Requests that wait for your decision"))
WHAT = {"what": TITLE}
DESK_LINK, OWN_LINK = "/desk/decisions/{request}/", "/my/requests/{request}/"

WAITS = Kind(
    code="decisions.waits",
    title=_("A request waits for you: {what}"),
    body=_("{what}: please decide by {due_on}. Open it, look at what is asked, and decide."),
    sms=_("To decide by {due_on}: {what}."),
    variables={"due_on": DAY, "what": TITLE},
    link=DESK_LINK,
    sort=REQUESTS,
    group=Group(groups.REQUESTS, _("Waits for a decision by {due_on}: {what}."), DESK_LINK),
)
DUE = Kind(
    code="decisions.due",
    title=_("A request still waits: {what}"),
    body=_("{what} was to be decided by {due_on}, and somebody waits for the answer."),
    sms=_("Still to decide: {what}, due on {due_on}."),
    variables={"what": TITLE, "due_on": DAY},
    link=DESK_LINK,
    sort=REQUESTS,
    group=Group(
        groups.REQUESTS, _("Still waits for a decision: {what}, due on {due_on}."), DESK_LINK
    ),
)
RETURNED = Kind(
    code="decisions.returned",
    title=_("Please look again: {what}"),
    body=_("We cannot decide on this yet: {what}. Open it to read what is missing."),
    sms=_("Something is missing: {what}. Please look:"),
    variables=WHAT,
    link=OWN_LINK,
)
APPROVED = Kind(
    code="decisions.approved",
    title=_("Approved: {what}"),
    body=_("Your request was approved: {what}."),
    sms=_("Approved: {what}."),
    variables=WHAT,
    link=OWN_LINK,
)
REFUSED = Kind(
    code="decisions.refused",
    title=_("Not approved: {what}"),
    body=_("Your request was not approved: {what}. Open it to read why, and whom to ask."),
    sms=_("Not approved: {what}. The reason:"),
    variables=WHAT,
    link=OWN_LINK,
)

ANSWERS = {State.RETURNED: RETURNED, State.APPROVED: APPROVED, State.REFUSED: REFUSED}
