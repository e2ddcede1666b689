"""The notices of the residents' school. Data: `activities.messages.occasion_data`."""

from django.utils.translation import gettext_noop as _

from diedie_edu.activities.messages import LINK, MEETING, OCCASION
from diedie_edu.notices.kinds import Kind, Sort
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import NAME, NUMBER, TITLE

SPEAKERS = Sort("speakers", _("Answers of invited speakers"), rings=False)
INVITATION_SUBJECT, SERIES = Subject("invitation"), Subject("series")

WISH_ANSWERED = Kind(
    code="residents_school.wish_answered",
    title=_("What you wished for: {title}"),
    body=_(
        "You told us that you want to learn about {topic}. There is a lecture now: {title}, "
        "{starts_at}, at {venue}. Look at it and take a seat while there are some."
    ),
    sms=_("Your wish: {title}, {starts_at}, {venue}:"),
    variables=OCCASION,
    link=LINK,
)
OWN_PAGE = "/me/"
SPEAKERS_PAGE = "/lectures/staff/{activity}/speakers/"
ANSWER_PAGE = "/lectures/invitations/{invitation_token}/"

INVITATION = Kind(
    code="residents_school.invitation",
    title=_("Would you give a lecture? {title}"),
    body=_(
        "The community invites you to speak on “{title}”, {starts_at}, at {venue}. Please tell "
        "us with one tap whether you can; you can also propose another day. {note}"
    ),
    sms=_("Could you speak on {title}, {starts_at}? Answer:"),
    variables=MEETING,
    link=ANSWER_PAGE,
)
INVITATION_WITHDRAWN = Kind(
    code="residents_school.invitation_withdrawn",
    title=_("No longer needed: {title}"),
    body=_(
        "We asked you to speak on “{title}”, {starts_at}. That is no longer needed. Thank you "
        "for your readiness; we are glad to ask you again."
    ),
    sms=_("Our request for {title}, {starts_at}, no longer stands. Thank you!"),
    variables=MEETING,
)
APPOINTED = Kind(
    code="residents_school.appointed",
    title=_("You give a lecture: {title}"),
    body=_(
        "It is settled: you speak on “{title}”, {starts_at}, at {venue}. The day before we "
        "remind you. If something comes between, please ring the community."
    ),
    sms=_("You speak: {title}, {starts_at}, {venue}."),
    variables=OCCASION,
    link=OWN_PAGE,
)
APPOINTED_TO_SERIES = Kind(
    code="residents_school.appointed_to_series",
    title=_("You give a series of lectures: {title}"),
    body=_(
        "It is settled: you speak at the {lectures} lectures “{title}”, the first on "
        "{starts_at} at {venue}. All the dates are on your page."
    ),
    sms=_("You speak {lectures} times on {title}, first {starts_at}:"),
    variables=MEETING | {"lectures": NUMBER},
    link=OWN_PAGE,
)
RELEASED = Kind(
    code="residents_school.released",
    title=_("You need not speak: {title}"),
    body=_(
        "You are no longer down as a speaker at “{title}”, {starts_at}. Thank you for your "
        "readiness."
    ),
    sms=_("No need to speak: {title}, {starts_at}. Thank you."),
    variables=MEETING,
    link=OWN_PAGE,
)
THANKS = Kind(
    code="residents_school.thanks",
    title=_("Thank you for your lecture: {title}"),
    body=_(
        "Thank you for speaking on “{title}” on {starts_at}. The neighbours have taken "
        "something home with them. Once the staff have confirmed your hours, you find them on "
        "your page."
    ),
    sms=_("Thank you for {title}! Soon you find your hours here:"),
    variables={"title": TITLE},
    link=OWN_PAGE,
    is_called=False,
)
INVITATION_ACCEPTED = Kind(
    code="residents_school.invitation_accepted",
    title=_("{person} speaks: {title}"),
    body=_("{person} has accepted to speak on “{title}”, {starts_at}."),
    sms=_("Yes from {person}: {title}, {starts_at}."),
    variables=MEETING | {"person": NAME},
    link=SPEAKERS_PAGE,
    sort=SPEAKERS,
)
INVITATION_DECLINED = Kind(
    code="residents_school.invitation_declined",
    title=_("{person} cannot speak: {title}"),
    body=_("{person} cannot speak on “{title}”, {starts_at}. {word}"),
    sms=_("No from {person}: {title}, {starts_at}."),
    variables=MEETING | {"person": NAME},
    link=SPEAKERS_PAGE,
    sort=SPEAKERS,
)
INVITATION_OTHER_DATE = Kind(
    code="residents_school.invitation_other_date",
    title=_("{person} proposes another date: {title}"),
    body=_("{person} could speak on “{title}” on {first_on}. {word}"),
    sms=_("Other days from {person} for {title}:"),
    variables={"person": NAME, "title": TITLE},
    link=SPEAKERS_PAGE,
    sort=SPEAKERS,
)
