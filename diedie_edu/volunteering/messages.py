"""The notices that volunteers on duty get. Data: `activities.messages.occasion_data`."""

from django.utils.translation import gettext_noop as _

from diedie_edu.activities.messages import MEETING, OCCASION
from diedie_edu.notices.kinds import Kind, Sort
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import MOMENT, NAME, VENUE
from diedie_edu.volunteering.models import Duty

DUTY = Subject("duty", Duty)
HELPERS = Sort("helpers", _("Volunteers who cannot come, or who leave"))

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
HELPING = Kind(
    code="volunteering.helping",
    title=_("You help at an event: {title}"),
    body=_(
        "You are down as a helper at {title} on {starts_at} at {venue}. The day before we remind "
        "you. If something comes between, please ring the community."
    ),
    sms=_("You help: {title}, {starts_at}, {venue}."),
    variables=OCCASION,
    link="/me/",
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
SWAPPED = Kind(
    code="volunteering.swapped",
    title=_("Your duty is swapped: {title}"),
    body=_("You are on duty at {title} on {starts_at} at {venue}, and not on {other_at} any more."),
    sms=_("Duty swapped, now: {starts_at}, {venue}."),
    variables={"starts_at": MOMENT, "venue": VENUE},
    link="/activities/{activity}/",
)
SWAP_REFUSED = Kind(
    code="volunteering.swap_refused",
    title=_("No swap: your duty on {starts_at} stays"),
    body=_(
        "Whoever is on duty on {other_at} cannot swap. You are on duty on {starts_at} as before."
    ),
    sms=_("No swap: your duty on {starts_at} stays."),
    variables={"starts_at": MOMENT},
    link="/activities/{activity}/",
)
CANNOT_COME = Kind(
    code="volunteering.cannot_come",
    title=_("{person} cannot come: {title}"),
    body=_(
        "{person} was down for {title} on {starts_at} at {venue} and cannot come. {word} "
        "Others who were asked: {asked}."
    ),
    sms=_("Cannot come: {person}, {starts_at}."),
    variables={"person": NAME, "starts_at": MOMENT},
    link="/activities/{activity}/",
    sort=HELPERS,
)
SERVES_NO_MORE = Kind(
    code="volunteering.serves_no_more",
    title=_("You are no longer on the list of volunteers"),
    body=_(
        "Our staff have taken you off the list of volunteers. Duties ahead that are free again: "
        "{number}. Thank you for all that you did; your hours stay."
    ),
    sms=_("You are no longer on the list of volunteers. Thank you!"),
    variables={},
    link="/me/volunteering/",
)
LEFT = Kind(
    code="volunteering.left",
    title=_("{person} serves no more as a volunteer"),
    body=_(
        "{person} has left the volunteers. Duties ahead that are free again: {number}; others are "
        "being asked where there is somebody to ask."
    ),
    sms=_("No longer a volunteer: {person}."),
    variables={"person": NAME},
    link="/desk/",
    sort=HELPERS,
)
