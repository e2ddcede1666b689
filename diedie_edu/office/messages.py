"""What the programme office tells. Data: `version` or `document` (its number), `what` in both
languages."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind, Sort
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY, TITLE
from diedie_edu.office.models import Document, Version

PAPERS = Sort("papers", _("Plans, budgets and contacts: due, or no longer approved"))
VERSION = Subject("version", Version)
DOCUMENT = Subject("document", Document)

REVOKED = Kind(
    code="office.revoked",
    title=_("Approval withdrawn: {what}"),
    body=_("The approval of {what} was withdrawn. Open it to read why, and what is in force now."),
    sms=_("Approval withdrawn: {what}. Why:"),
    variables={"what": TITLE},
    link="/desk/office/versions/{version}/",
    sort=PAPERS,
)

DUE_SOON = Kind(
    code="office.due_soon",
    title=_("Due soon: {what}"),
    body=_("{what} is due on {due_on}. Open it to write it, to go on or to submit it."),
    sms=_("Due on {due_on}: {what}."),
    variables={"due_on": DAY, "what": TITLE},
    link="/desk/office/documents/{document}/",
    sort=PAPERS,
)
OVERDUE = Kind(
    code="office.overdue",
    title=_("Overdue: {what}"),
    body=_("{what} was due on {due_on} and has not been submitted. Open it to go on."),
    sms=_("Overdue since {due_on}: {what}."),
    variables={"due_on": DAY, "what": TITLE},
    link="/desk/office/documents/{document}/",
    sort=PAPERS,
)
