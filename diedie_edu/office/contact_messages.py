"""What is told around the liaison log."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import DAY
from diedie_edu.office.messages import PAPERS
from diedie_edu.office.models import FollowUp

FOLLOW_UP = Subject("follow_up", FollowUp)

FOLLOW_UP_DUE = Kind(
    code="office.follow_up_due",
    title=_("A follow-up is due: {what}"),
    body=_(
        "After the contact “{subject}”, “{what}” is to be done by {due_on}. Tick it off once it is."
    ),
    sms=_("A follow-up of a contact is to be done by {due_on}. Which one:"),
    variables={"due_on": DAY},
    link="/desk/office/contacts/{contact}/",
    sort=PAPERS,
)
