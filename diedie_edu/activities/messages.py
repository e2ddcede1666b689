"""The notices that activities send. Data: `occasion_data`."""

from operator import attrgetter

from django.db.models import F
from django.utils.translation import gettext_noop as _

from diedie_edu.activities.models import Activity, Occasion, WordToAll
from diedie_edu.notices import groups
from diedie_edu.notices.kinds import Kind, Phone
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import MOMENT, NUMBER, TITLE, VENUE

ACTIVITY = Subject("activity", Activity)
WORDS = Subject("word", WordToAll)
# What a notice about an occasion is rendered from, and where an occasion has it.
FACTS = {
    "activity": "activity_id",
    "title": "activity__title",
    "starts_at": "starts_at",
    "ends_at": "ends_at",
    "venue_zh": "venue__title_zh",
    "venue_en": "venue__title_en",
}
# What most text messages of occasions have room for.
MEETING = {"title": TITLE, "starts_at": MOMENT}
OCCASION = MEETING | {"venue": VENUE}
LINK = "/activities/{activity}/"
# One person's place, on a page that opens without signing in.
PLACE_LINK = "/activities/place/{sign_up_token}/"

SEATED = Kind(
    code="activities.seated",
    title=_("Your seat is taken: {title}"),
    body=_(
        "{title} begins on {starts_at} at {venue}. If you cannot come, "
        "please give the seat back so that somebody else can have it."
    ),
    sms=_("Seat taken: {title}, {starts_at}, {venue}"),
    variables=OCCASION,
    link=LINK,
    confirms=True,
)
SEATED_IN_SERIES = Kind(
    code="activities.seated_in_series",
    title=_("Your seats are taken: {title}, {dates} dates"),
    body=_(
        "{title}: a seat on {dates} dates, the first on {starts_at} at {venue}. We remind you of "
        "each. If you cannot come on one of them, give that one back alone."
    ),
    sms=_("Seats on {dates} dates: {title}, from {starts_at}."),
    variables={"dates": NUMBER, "title": TITLE, "starts_at": MOMENT},
    link=LINK,
    confirms=True,
)
WAITING = Kind(
    code="activities.waiting",
    title=_("You are on the waiting list: {title}"),
    body=_(
        "All seats for {title} on {starts_at} are taken. "
        "As soon as one is free and it is your turn, we keep it for you and tell you. Shortly "
        "before it begins nobody is asked any more: whoever is first at the door gets a free seat."
    ),
    sms=_("Queued for {title}, {starts_at}. We'll tell you."),
    variables=MEETING,
    link=LINK,
    confirms=True,
)
WAITING_KEPT = Kind(
    code="activities.waiting_kept",
    title=_("You wait together: {title}"),
    body=_(
        "All seats for {title} on {starts_at} are taken. You wait together. Seats mostly come back "
        "one by one: when it is your turn, they are kept for you for some hours until there are "
        "enough for all of you. If fewer of you are enough, say so on the page."
    ),
    sms=_("Queued together: {title}, {starts_at}."),
    variables=MEETING,
    link=PLACE_LINK,
    is_answered=True,
    confirms=True,
)
WAITING_OVERTAKEN = Kind(
    code="activities.waiting_overtaken",
    title=_("You wait together: {title}"),
    body=_(
        "All seats for {title} on {starts_at} are taken. You wait together. Seats mostly come back "
        "one by one, and here they go to the next who fits: whoever waits alone may be seated "
        "before you. If fewer of you are enough, take the others off the queue on the page."
    ),
    sms=_("Queued together: {title}, {starts_at}."),
    variables=MEETING,
    link=PLACE_LINK,
    is_answered=True,
    confirms=True,
)
OFFERED = Kind(
    code="activities.offered",
    title=_("It is your turn: {title}"),
    body=_(
        "{title} begins on {starts_at} at {venue}. Kept for: {who}. Please say who comes before "
        "{offer_expires_at}; after that we cannot keep it any longer."
    ),
    sms=_("Your turn: {title}. Please confirm by {offer_expires_at}:"),
    variables={"title": TITLE, "offer_expires_at": MOMENT},
    link=PLACE_LINK,
    is_answered=True,
)
LAPSED = Kind(
    code="activities.lapsed",
    title=_("The time to confirm is over: {title}"),
    body=_(
        "We kept a place for you at {title} on {starts_at}; the time to confirm is over, so it is "
        "kept no longer. Never mind: see whether a seat is free, or queue again with one tap."
    ),
    sms=_("Too late to confirm {title}. You can queue again:"),
    variables={"title": TITLE},
    link=PLACE_LINK,
    is_answered=True,
)
CANCELLED = Kind(
    code="activities.cancelled",
    title=_("You have given your place back: {title}"),
    body=_(
        "Your place at {title} on {starts_at} has been given back, as you or your family told us. "
        "It takes place as planned: if you would like to come after all, sign up again."
    ),
    sms=_("You gave back your place: {title}, {starts_at}."),
    variables=MEETING,
    link=LINK,
    is_called=False,
    confirms=True,
)
TAKEN_OFF = Kind(
    code="activities.taken_off",
    title=_("You are off the list: {title}"),
    body=_(
        "The community has taken you off the list of {title} on {starts_at}, which takes place as "
        "planned. If you did not ask for that, please ring."
    ),
    sms=_("Off the list: {title}, {starts_at}. Wrong? See:"),
    variables=MEETING,
    link=LINK,
    phones=(Phone(_("Community office")),),
)
MOVED = Kind(
    code="activities.moved",
    title=_("New time or place: {title}"),
    body=_(
        "{title} is now on {starts_at} at {venue}. Your place stays. "
        "If that does not suit you, please give the seat back."
    ),
    sms=_("Moved: {title}, now {starts_at}, {venue}"),
    variables=OCCASION,
    link=LINK,
)
CALLED_OFF = Kind(
    code="activities.called_off",
    title=_("Called off: {title}"),
    body=_("{title} on {starts_at} does not take place. Reason: {reason}"),
    sms=_("Sorry, {title}, {starts_at}, is cancelled. See:"),
    variables=MEETING,
    link=LINK,
    group=groups.Group(groups.CALLED_OFF, _("Called off: {title}, {starts_at}."), LINK),
)
HELD_AGAIN = Kind(
    code="activities.held_again",
    title=_("It takes place after all: {title}"),
    body=_(
        "{title} on {starts_at} at {venue} takes place after all. It had been called off; we are "
        "sorry for the back and forth. Your place stays."
    ),
    sms=_("After all: {title}, {starts_at}. Your place stays."),
    variables=MEETING,
    link=LINK,
)
REMINDER = Kind(
    code="activities.reminder",
    title=_("Reminder: {title}"),
    body=_(
        "{title} begins on {starts_at} at {venue}. "
        "If you cannot come, please give the seat back with one tap."
    ),
    sms=_("Reminder: {title}, {starts_at}, {venue}."),
    variables=OCCASION,
    link=PLACE_LINK,
)

WORD = Kind(
    code="activities.word",
    title=_("Please note: {title}"),
    body=_("A word from the staff: {text}"),
    sms=_("Please note for “{title}”. Read it here:"),
    variables={"title": TITLE},
    link="/activities/word/{staff_word_token}/",
)


# The people of sign-ups with the facts of `occasion_data`, for `notices.actions.notify_rows`.
# The sign-up is the revision: signing up again after cancelling is told again. What waits for
# an answer has more to say (for whom it is, as `names.partly_covered` has them), and is of no use
# once the time to answer is over; all else is of use until the last occasion ends.
PEOPLE_OF_SIGN_UPS = """
SELECT s.resident_id, NULL, 'activity:' || s.activity_id, s.id,
       jsonb_build_object(
           'activity', a.id, 'title', a.title, 'starts_at', o.starts_at, 'ends_at', o.ends_at,
           'venue_zh', v.title_zh, 'venue_en', v.title_en{more}),
       %s, {expires_at}
FROM activities_signup s
JOIN activities_activity a ON a.id = s.activity_id
CROSS JOIN LATERAL (
    SELECT *, max(ends_at) OVER () AS over_at FROM activities_occasion
    WHERE activity_id = a.id ORDER BY starts_at LIMIT 1) o
JOIN venues_venue v ON v.id = o.venue_id
WHERE s.id = ANY(%s)
"""
TO_ANSWER = """,
           'sign_up', s.id, 'offer_expires_at', s.offer_expires_at,
           'who', (SELECT string_agg(left(r.full_name, 1) || '*' || CASE
                       WHEN length(r.full_name) > 2 THEN right(r.full_name, 1) ELSE '' END,
                       '、' ORDER BY c.id)
                   FROM activities_signup c JOIN people_resident r ON r.id = c.resident_id
                   WHERE c.id = s.id OR (c.party_id = s.party_id AND c.status = s.status))"""
PLAIN = PEOPLE_OF_SIGN_UPS.format(more="", expires_at="o.over_at")
WITH_AN_ANSWER = {
    OFFERED.code: PEOPLE_OF_SIGN_UPS.format(more=TO_ANSWER, expires_at="s.offer_expires_at"),
    **dict.fromkeys(
        (LAPSED.code, WAITING_KEPT.code, WAITING_OVERTAKEN.code),
        PEOPLE_OF_SIGN_UPS.format(more=", 'sign_up', s.id", expires_at="o.starts_at"),
    ),
}


def people_of(kind: Kind) -> str:
    """The SELECT of those a message of this kind goes to; its parameters: now, sign-ups' ids."""
    return WITH_AN_ANSWER.get(kind.code, PLAIN)


def occasion_data(occasion: Occasion, **more: str) -> dict[str, object]:
    """The facts a notice about an occasion is rendered from."""
    facts = {name: attrgetter(path.replace("__", "."))(occasion) for name, path in FACTS.items()}
    moments = {name: facts[name].isoformat() for name in ("starts_at", "ends_at")}
    return facts | moments | more


def occasion_facts(to_occasion: str = "") -> dict[str, F]:
    """The same in a query; `to_occasion` is the path to it."""
    return {name: F(f"{to_occasion}{path}") for name, path in FACTS.items()}
