"""What is told around belonging to a group, and trying it."""

from django.utils.translation import gettext_noop as _

from diedie_edu.activities.messages import OCCASION
from diedie_edu.notices.kinds import QUIETLY, Kind
from diedie_edu.notices.text_messages import MOMENT, NAME, TITLE

ABOUT = {"title": TITLE}
LINK = "/groups/{activity}/"
# One person's place in a group, on a page that opens without signing in.
OWN = "/groups/membership/{membership_token}/"
MEMBERS = "/groups/{activity}/run/members/"

JOINED = Kind(
    code="happy_square.joined",
    title=_("Welcome: {title}"),
    body=_("You belong to {title} now. Its page says when it meets; come as you like."),
    sms=_("Welcome to {title}! When it meets:"),
    variables=ABOUT,
    link=OWN,
    confirms=True,
)
QUEUED = Kind(
    code="happy_square.queued",
    title=_("You are on the waiting list: {title}"),
    body=_("{title} has no free place at present. You hear when it is your turn."),
    sms=_("You are on the waiting list of {title}."),
    variables=ABOUT,
    link=OWN,
    confirms=True,
)
OFFERED = Kind(
    code="happy_square.offered",
    title=_("It is your turn: {title}"),
    body=_(
        "There is a place for you in {title}. Please say yes before {offer_expires_at}; after that "
        "we cannot keep it any longer."
    ),
    sms=_("Your turn: {title}. Please confirm by {offer_expires_at}:"),
    variables=ABOUT | {"offer_expires_at": MOMENT},
    link=OWN,
)
LAPSED = Kind(
    code="happy_square.lapsed",
    title=_("The time to say yes is over: {title}"),
    body=_("We cannot keep the place any longer. You can join again on the page of the group."),
    sms=_("Too late to say yes to {title}. You can join again:"),
    variables=ABOUT,
    link=LINK,
)
LEFT = Kind(
    code="happy_square.left",
    title=_("You have left: {title}"),
    body=_("You are no longer a member of {title}. You are welcome back at any time."),
    sms=_("You have left {title}."),
    variables=ABOUT,
    link=LINK,
    confirms=True,
)
ADDED = Kind(
    code="happy_square.added",
    title=_("You are on the list of {title}"),
    body=_(
        "{title} has written you down as a member. If that is not right, one tap on the page takes "
        "you out again; you need not give a reason."
    ),
    sms=_("You are on the list of {title}. Yes or no:"),
    variables=ABOUT,
    link=OWN,
)
ASKED = Kind(
    code="happy_square.asked_to_join",
    title=_("Somebody would like to join {title}"),
    body=_("{person} would like to join {title}. Please say yes or no on the page of members."),
    sms=_("To join {title}: {person}. Yes or no:"),
    variables=ABOUT | {"person": NAME},
    link=MEMBERS,
)
DECLINED = Kind(
    code="happy_square.declined",
    title=_("Your request to {title}"),
    body=_("{title} cannot take you in at present. Other groups are glad to see you."),
    sms=_("Sorry, {title} cannot take you in now. Other groups:"),
    variables=ABOUT,
    link="/groups/",
)
SAID_NO = Kind(
    code="happy_square.said_no",
    title=_("Not a member of {title}"),
    body=_("{person}, whom you had written down, does not belong to {title}. No reason is asked."),
    sms=_("Not a member of {title}: {person}."),
    variables=ABOUT | {"person": NAME},
    link=MEMBERS,
    channels=QUIETLY,
)
TRIES = Kind(
    code="happy_square.tries",
    title=_("See you at {title}"),
    body=_(
        "{title} expects you on {starts_at} at {venue}. You need not join; if you cannot come, no "
        "word is needed."
    ),
    sms=_("See you at {title}: {starts_at}, {venue}."),
    variables=OCCASION,
    link=LINK,
)
TRIED_BY = Kind(
    code="happy_square.tried_by",
    title=_("Somebody comes to try {title}"),
    body=_("{person} comes on {starts_at} to try it. Please give a warm welcome."),
    sms=_("To try {title}: {person}, {starts_at}."),
    variables={"person": NAME, "title": TITLE, "starts_at": MOMENT},
    link="/groups/{activity}/run/",
    channels=QUIETLY,
)
