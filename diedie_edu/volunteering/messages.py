"""The notices that volunteers on duty get. Data: `activities.messages.occasion_data`."""

from django.utils.translation import gettext_noop as _

from diedie_edu.activities.messages import MEETING, OCCASION
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

ASSIGNED = Kind(
    code="volunteering.assigned",
    title=_("You have been put on duty: {title}"),
    body=_(
        "Our staff have put you on duty at {title} on {starts_at} at {venue}. If you cannot come, "
        "please give the duty back on the page, or tell us."
    ),
    sms=_("New duty: {title}, {starts_at}, {venue}."),
    variables=OCCASION,
    link="/activities/{activity}/",
)
FREED = Kind(
    code="volunteering.freed",
    title=_("You are not on duty any more: {title}"),
    body=_(
        "Our staff have taken you off the roster of {title} on {starts_at} at {venue}. You need "
        "not come. Thank you for being ready."
    ),
    sms=_("Not on duty any more: {title}, {starts_at}."),
    variables=MEETING,
    link="/activities/{activity}/",
)
