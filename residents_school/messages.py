"""The notices of the residents' school. Data: `activities.messages.occasion_data`."""

from django.utils.translation import gettext_noop as _

from diedie_edu.activities.messages import LINK
from diedie_edu.notices.kinds import Kind, register

WISH_ANSWERED = register(
    Kind(
        code="residents_school.wish_answered",
        title=_("What you wished for: {title}"),
        body=_(
            "You told us that you want to learn about {topic}. There is a lecture now: {title}, "
            "{starts_at}, at {venue}. Look at it and take a seat while there are some."
        ),
        sms=_("You wanted {topic}: {title}, {starts_at}, {venue}. Take a seat:"),
        link=LINK,
    )
)
