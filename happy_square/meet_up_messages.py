"""What is told of the dates of groups. Data: `activities.messages.occasion_facts`."""

from django.utils.translation import gettext_noop as _

from diedie_edu.activities.messages import MEETING, OCCASION
from diedie_edu.notices import groups
from diedie_edu.notices.kinds import QUIETLY, Kind
from diedie_edu.notices.text_messages import DAY, TITLE

LINK = "/groups/{activity}/"
RUNNING = "/groups/{activity}/run/"

REMINDER = Kind(
    code="happy_square.reminder",
    title=_("Reminder: {title}"),
    body=_("{title} meets on {starts_at} at {venue}. See you there!"),
    sms=_("Reminder: {title}, {starts_at}, {venue}."),
    variables=OCCASION,
    link=LINK,
)
MOVED = Kind(
    code="happy_square.moved",
    title=_("New time or place: {title}"),
    body=_("{title} meets on {starts_at} at {venue} this time. The weekly times stay as they are."),
    sms=_("Moved: {title}, now {starts_at}, {venue}"),
    variables=OCCASION,
    link=LINK,
)
CALLED_OFF = Kind(
    code="happy_square.called_off",
    title=_("Called off: {title}"),
    body=_("{title} on {starts_at} does not take place. Reason: {reason}"),
    sms=_("Sorry, {title}, {starts_at}, is cancelled. See:"),
    variables=MEETING,
    link=LINK,
    group=groups.Group(groups.CALLED_OFF, _("Called off: {title}, {starts_at}."), LINK),
)
HELD_AGAIN = Kind(
    code="happy_square.held_again",
    title=_("It takes place after all: {title}"),
    body=_(
        "{title} meets on {starts_at} at {venue} after all. It had been called off; sorry for the "
        "back and forth."
    ),
    sms=_("After all: {title}, {starts_at}, {venue}."),
    variables=OCCASION,
    link=LINK,
)
WEEK = Kind(
    code="happy_square.week",
    title=_("This week: {title}"),
    body=_("{title} meets: {dates}. {words}"),
    sms=_("This week at {title}: see"),
    variables={"title": TITLE},
    link=LINK,
    channels=QUIETLY,  # nobody's phone rings for what is said every week
)
TIMES = Kind(
    code="happy_square.times",
    title=_("New weekly times: {title}"),
    body=_("From now on {title} meets: {times}."),
    sms=_("New weekly times of {title}: see"),
    variables={"title": TITLE},
    link=LINK,
    channels=QUIETLY,
)
NO_ROOM = Kind(
    code="happy_square.no_room",
    title=_("No room yet for {title}"),
    body=_(
        "{venue} is taken or closed at your usual time, from {day_on} on. Dates without a room: "
        "{number}. The page of your group shows when it is free."
    ),
    sms=_("No room yet for {title} from {day_on} on. See"),
    variables={"title": TITLE, "day_on": DAY},
    link=RUNNING,
    channels=QUIETLY,
)
