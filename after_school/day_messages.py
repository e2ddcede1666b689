"""The notices of days that do not take place after all, or take place again. One goes to each
guardian, however many children: it says how many, the names stand on its page."""

from django.utils.translation import gettext_noop as _

from after_school import chat_words
from after_school.messages import PHONES, SESSION_LINK
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import CLOCK, DAY, MOMENT, NUMBER, VENUE

SCHOOL_DAY = Subject("school_day")
CHILDREN_LINK = "/school/children/"

COME_NOW = Kind(
    code="after_school.come_now",
    title=_("The 4:30 school is called off, and your child is here"),
    body=_(
        "The 4:30 school of {day_on} is called off. Reason: {reason}. Children of yours who are "
        "with us now: {number}. Adults stay with every child until it is collected. Please come "
        "as soon as you can, or call us so that we know who comes."
    ),
    sms=_("4:30 school called off. Here: {number} of yours. Come, or call{phone}:"),
    variables={"number": NUMBER},
    link=CHILDREN_LINK,
    phones=PHONES,
    urgent=True,
)
NOT_TODAY = Kind(
    code="after_school.not_today",
    title=_("No 4:30 school on {day_on}"),
    body=_(
        "The 4:30 school of {day_on} is called off. Reason: {reason}. Children of yours who would "
        "have come: {number}. Please see that they are met at school. Whoever comes all the same "
        "is let in, and you hear of it."
    ),
    sms=_("No 4:30 school on {day_on}. Children of yours: {number}. See:"),
    variables={"day_on": DAY, "number": NUMBER},
    link=CHILDREN_LINK,
    group=chat_words.OFF_THAT_DAY,
)
NOT_THESE_DAYS = Kind(
    code="after_school.not_these_days",
    title=_("No 4:30 school from {first_on} to {last_on}"),
    body=_(
        "The 4:30 school is called off from {first_on} to {last_on} (school days: {days}). Reason: "
        "{reason}. Children of yours who would have come: {number}."
    ),
    sms=_("No 4:30 school from {first_on} to {last_on}. See:"),
    variables={"first_on": DAY, "last_on": DAY},
    link=CHILDREN_LINK,
    group=chat_words.OFF_THOSE_DAYS,
)
HELD_AFTER_ALL = Kind(
    code="after_school.held_after_all",
    title=_("The 4:30 school of {day_on} takes place after all"),
    body=_(
        "The 4:30 school of {day_on} had been called off; now it takes place after all. Children "
        "of yours whom we expect: {number}. If one does not come, please tell us on its page."
    ),
    sms=_("4:30 school on {day_on} takes place after all. See:"),
    variables={"day_on": DAY},
    link=CHILDREN_LINK,
)
THESE_DAYS_AFTER_ALL = Kind(
    code="after_school.these_days_after_all",
    title=_("The 4:30 school takes place after all from {first_on} to {last_on}"),
    body=_(
        "Days of the 4:30 school from {first_on} to {last_on} had been called off; now they take "
        "place after all (school days: {days}). Children of yours whom we expect: {number}. If one "
        "does not come, please tell us on its page."
    ),
    sms=_("4:30 school from {first_on} to {last_on} takes place after all. See:"),
    variables={"first_on": DAY, "last_on": DAY},
    link=CHILDREN_LINK,
)
TERM_CHANGED = Kind(
    code="after_school.term_changed",
    title=_("The 4:30 school changes: {term_title}"),
    body=_(
        "“{term_title}” now goes from {first_on} to {last_on}, {starts}–{ends}. The rooms stand on "
        "the page of the 4:30 school. The place of your child stays; if the new times do not suit "
        "you, please tell us on its page."
    ),
    sms=_("4:30 school now {starts}-{ends}, until {last_on}. See:"),
    variables={"starts": CLOCK, "ends": CLOCK, "last_on": DAY},
    link="/school/",
)
DUTIES_CHANGED = Kind(
    code="after_school.duties_changed",
    title=_("Your duties at the 4:30 school: new times or rooms"),
    body=_(
        "“{term_title}” is now held {starts}–{ends}, until {last_on}. Your duties have moved "
        "along; please look at them. If you cannot come, give them back so that we find somebody "
        "else."
    ),
    sms=_("4:30 school now {starts}-{ends}. Please look at your duties:"),
    variables={"starts": CLOCK, "ends": CLOCK},
    link="/school/duties/",
)
MAKE_UP_DAY = Kind(
    code="after_school.make_up_day",
    title=_("4:30 school on {starts_at}"),
    body=_(
        "The 4:30 school is held on {starts_at} as well, by the timetable of {weekday}. Children "
        "of yours whom we expect: {number}. If one does not come, please tell us on its page "
        "beforehand."
    ),
    sms=_("4:30 school also on {starts_at}. Not coming? Please tell us:"),
    variables={"starts_at": MOMENT},
    link=CHILDREN_LINK,
)
MAKE_UP_FOR_VOLUNTEERS = Kind(
    code="after_school.make_up_for_volunteers",
    title=_("4:30 school on {starts_at}: who can come?"),
    body=_(
        "The 4:30 school is held on {starts_at} as well. Adults are needed: please look whether "
        "you can take a duty. Thank you!"
    ),
    sms=_("4:30 school also on {starts_at}. Can you take a duty?"),
    variables={"starts_at": MOMENT},
    link="/school/duties/",
)
CALLED_OFF_WITH_CHILDREN = Kind(
    code="after_school.called_off_with_children",
    title=_("The 4:30 school is called off with children inside"),
    body=_(
        "{by} called the afternoon off at {time}. Reason: {reason}. Children inside: {number}. The "
        "afternoon stays open: two adults stay until the last child is handed over. Their "
        "guardians get a message or a call."
    ),
    sms=_("School called off at {time}, children inside: {number}. Please stay:"),
    variables={"time": CLOCK, "number": NUMBER},
    link=SESSION_LINK,
    alarm=True,
    urgent=True,
    group=chat_words.OFF_WITH_CHILDREN,
)
PLEASE_STAY = Kind(
    code="after_school.please_stay",
    title=_("Please stay with the children"),
    body=_(
        "The 4:30 school is called off today, and children are still inside: {number}. Please "
        "stay until the last one is handed over; the hours count. Thank you!"
    ),
    sms=_("Called off, children inside: {number}. Please stay; hours count:"),
    variables={"number": NUMBER},
    link=SESSION_LINK,
)
OTHER_ROOM = Kind(
    code="after_school.other_room",
    title=_("4:30 school on {day_on}: another room"),
    body=_(
        "On {day_on} the room of the 4:30 school is closed, so the children are in {venue}. Times "
        "stay as they are. Children of yours who come: {number}."
    ),
    sms=_("4:30 school on {day_on} is in {venue}."),
    variables={"day_on": DAY, "venue": VENUE},
    link=CHILDREN_LINK,
)
OTHER_ROOM_ON_DUTY = Kind(
    code="after_school.other_room_on_duty",
    title=_("4:30 school on {starts_at}: another room"),
    body=_(
        "The room of the 4:30 school is closed then. On {starts_at} you are on duty in {venue}. "
        "Thank you!"
    ),
    sms=_("On {starts_at} you are on duty in {venue}."),
    variables={"starts_at": MOMENT, "venue": VENUE},
    link="/school/duties/",
)
# What is untrue once it takes place again.
CALLED_OFF = (COME_NOW, NOT_TODAY, NOT_THESE_DAYS, CALLED_OFF_WITH_CHILDREN, PLEASE_STAY)
