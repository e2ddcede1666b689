"""The notices of festivals. Data: `activities.messages.occasion_data` and the group."""

from django.utils.translation import gettext_noop as _

from diedie_edu.activities.messages import LINK, MEETING, OCCASION
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import MOMENT, TITLE, VENUE
from happy_square.messages import GROUPS

FESTIVAL_INVITATION, REHEARSAL = Subject("festival_invitation"), Subject("rehearsal")
ANSWER_PAGE = "/festivals/invitations/{invitation}/"

FESTIVAL_INVITED = Kind(
    code="happy_square.festival_invited",
    title=_("Your group is invited: {title}"),
    body=_(
        "{performer} is invited to take part in {title} on {starts_at} at {venue}. {note} Please "
        "tell us on the page whether you come, and what you show."
    ),
    sms=_("Invited: {title}, {starts_at}. Please answer:"),
    variables=MEETING,
    link=ANSWER_PAGE,
)
FESTIVAL_UNINVITED = Kind(
    code="happy_square.festival_uninvited",
    title=_("Invitation taken back: {title}"),
    body=_(
        "We had invited {performer} to {title} on {starts_at}. That is no longer needed. Thank you "
        "for your readiness."
    ),
    sms=_("No longer needed: {title}, {starts_at}. Thank you!"),
    variables=MEETING,
)
FESTIVAL_ANSWERED = Kind(
    code="happy_square.festival_answered",
    title=_("{performer} has answered: {title}"),
    body=_("{performer} has answered the invitation to {title} on {starts_at}. {word}"),
    sms=_("An answer: {title}, {starts_at}."),
    variables=MEETING,
    link="/festivals/staff/{activity}/order/",
    sort=GROUPS,
)
FESTIVAL_ORDER = Kind(
    code="happy_square.festival_order",
    title=_("When your group is on: {title}"),
    body=_("{title}, {starts_at}, {venue}. {performer}: {items}. Please be there in good time."),
    sms=_("The running order of {title}, {starts_at}:"),
    variables=MEETING,
    link=LINK,
)
FESTIVAL_REMINDER = Kind(
    code="happy_square.festival_reminder",
    title=_("Your group takes part: {title}"),
    body=_(
        "Your group takes part in {title} on {starts_at} at {venue}. When it is on, you see on the "
        "page."
    ),
    sms=_("You're on: {title}, {starts_at}, {venue}."),
    variables=OCCASION,
    link=LINK,
)
REHEARSAL_PLANNED = Kind(
    code="happy_square.rehearsal_planned",
    title=_("Rehearsal: {title}"),
    body=_("There is a rehearsal for {title}: {starts_at} at {venue}. {note}"),
    sms=_("Rehearsal: {title}, {starts_at}, {venue}."),
    variables={"title": TITLE, "starts_at": MOMENT, "venue": VENUE},
    link=LINK,
)
REHEARSAL_OFF = Kind(
    code="happy_square.rehearsal_off",
    title=_("No rehearsal: {title}"),
    body=_("The rehearsal for {title} on {starts_at} does not take place."),
    sms=_("No rehearsal for {title} on {starts_at}."),
    variables=MEETING,
    link=LINK,
)
