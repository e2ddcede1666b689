"""What the programme office tells. Data: `version` (its number), `what` in both languages."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import TITLE
from diedie_edu.office.models import Version

VERSION = Subject("version", Version)

REVOKED = Kind(
    code="office.revoked",
    title=_("Approval withdrawn: {what}"),
    body=_("The approval of {what} was withdrawn. Open it to read why, and what is in force now."),
    sms=_("Approval withdrawn: {what}. Why:"),
    variables={"what": TITLE},
    link="/desk/office/versions/{version}/",
)
