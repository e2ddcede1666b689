"""The notices that volunteers on duty get. Data: `activities.messages.occasion_data`."""

from django.utils.translation import gettext_noop as _

from diedie_edu.activities.messages import OCCASION
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject

DUTY = Subject("duty")

DUTY_REMINDER = Kind(
    code="volunteering.duty_reminder",
    title=_("You are on duty: {title}"),
    body=_("You are on duty at {title} on {starts_at} at {venue}. Thank you for your help."),
    sms=_("On duty: {title}, {starts_at}, {venue}."),
    variables=OCCASION,
    link="/activities/{activity}/",
)
