"""The notices that people get after they came."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.text_messages import TITLE

FEEDBACK = Kind(
    code="door.feedback",
    title=_("How was it? {title}"),
    body=_(
        "Thank you for coming to {title}. Three taps tell us what you think, and help to "
        "make the next one better."
    ),
    sms=_("Thanks for coming to {title}! How was it? Three taps:"),
    variables={"title": TITLE},
    link="/feedback/{feedback_token}/",
    is_called=False,
)
