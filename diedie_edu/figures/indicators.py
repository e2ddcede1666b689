"""The figures that every programme has."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.figures.kinds import Indicator, Sheet, Value, Values
from diedie_edu.figures.queries import sessions
from diedie_edu.figures.queries.comings import Came, came
from diedie_edu.figures.spans import Span


def _of_came(count: Callable[[Came], Value]) -> Callable[[Sheet], Values]:
    return lambda sheet: {slug: count(row) for slug, row in sheet.read(came).items()}


def _sessions(user: User, programme: str, span: Span) -> str:
    """The page of sessions, for everybody who reads the figures."""
    if programme:
        return reverse("figures:sessions", args=[programme, span.key])
    return reverse("figures:all_sessions", args=[span.key])


SESSIONS = Indicator(
    slug="sessions",
    title=_("Sessions held"),
    definition=_(
        "Plan 三–六: sessions that were announced, have ended and were not called off; each counts "
        "on the day on which it began."
    ),
    unit=pgettext_lazy("unit of a figure", "sessions"),
    place=10,
    of=sessions.sessions,
    is_summed=True,
    is_main=True,
    list_url=_sessions,
)
VISITS = Indicator(
    slug="visits",
    title=_("Visits"),
    definition=_("Everybody who came to a session, each time, guests without a name included."),
    unit=pgettext_lazy("unit of a figure", "visits"),
    place=20,
    of=_of_came(lambda row: Value(row.visits)),
    is_main=True,
    list_url=_sessions,
)
PEOPLE = Indicator(
    slug="people",
    title=_("People who came"),
    definition=_(
        "Everybody known by name who came at least once; over all programmes together, too, "
        "each counts once."
    ),
    unit=pgettext_lazy("unit of a figure", "people"),
    place=30,
    of=_of_came(lambda row: Value(row.people)),
    is_main=True,
    list_url=_sessions,
)
OVER_60 = Indicator(
    slug="over60",
    title=_("People over 60"),
    definition=_(
        "Of the people who came and whose date of birth is known, those who are 60 or older on the "
        "last day."
    ),
    unit="",
    place=40,
    of=_of_came(lambda row: Value(row.old, row.of_known_age) if row.of_known_age else Value()),
    is_share=True,
    list_url=_sessions,
)
NEW_FACES = Indicator(
    slug="newfaces",
    title=_("New faces"),
    definition=_(
        "Of the people who came, those who had never come to anything of the programmes before."
    ),
    unit=pgettext_lazy("unit of a figure", "people"),
    place=50,
    of=_of_came(lambda row: Value(row.new)),
    is_main=True,
    list_url=_sessions,
)
SEATS_FILLED = Indicator(
    slug="seats",
    title=_("Share of seats taken"),
    definition=_(
        "Seats taken of all seats of the activities held that one signs up for; not of groups, nor "
        "of what one just comes to."
    ),
    unit="",
    place=60,
    of=sessions.seats_filled,
    is_summed=True,
    is_share=True,
    list_url=_sessions,
)
CAME_OF_SEATS = Indicator(
    slug="cameofseats",
    title=_("Came, of all seats"),
    definition=_(
        "Visits of all seats of the sessions held that one signs up for; not of groups, nor of "
        "children, who are counted elsewhere."
    ),
    unit="",
    place=65,
    of=sessions.came_of_seats,
    is_summed=True,
    is_share=True,
    list_url=_sessions,
)
WOULD_COME_AGAIN = Indicator(
    slug="satisfaction",
    title=_("Would come again"),
    definition=_(
        "Of all who answered the three questions after a session, those who would come again; of "
        "sessions with fewer than five answers only where they are five together."
    ),
    unit="",
    place=70,
    of=sessions.would_come_again,
    is_summed=True,
    is_share=True,
    list_url=_sessions,
)
VOLUNTEERS = Indicator(
    slug="volunteers",
    title=_("Volunteers who served"),
    definition=_("Volunteers with confirmed hours, each once over all programmes."),
    unit=pgettext_lazy("unit of a figure", "people"),
    place=80,
    of=sessions.volunteers,
    list_url=_sessions,
)


def _hours(slug: str, kind: str, place: int, title: object, definition: object) -> Indicator:
    return Indicator(
        slug=slug,
        title=title,  # type: ignore[arg-type]
        definition=definition,  # type: ignore[arg-type]
        unit=pgettext_lazy("unit of a figure", "hours"),
        place=place,
        of=sessions.hours(kind),
        is_main=kind == "all",
        list_url=_sessions,
    )


HOURS = _hours(
    "hours",
    "all",
    90,
    _("Volunteer hours"),
    _("Confirmed hours of all volunteers, on the days on which their duties began."),
)
HOURS_OF_STUDENTS = _hours(
    "hoursstudents",
    "students",
    91,
    _("Hours of student party members"),
    _("Plan 四(一): confirmed hours of 学生党员; whoever is of several kinds counts here first."),
)
HOURS_OF_RETIRED = _hours(
    "hoursretired",
    "retired",
    92,
    _("Hours of retired party members"),
    _("Plan 四(一): confirmed hours of 离退休党员."),
)
HOURS_OF_OTHERS = _hours(
    "hoursothers",
    "others",
    93,
    _("Hours of other volunteers"),
    _("Confirmed hours of volunteers of neither of the two kinds."),
)
