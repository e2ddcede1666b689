"""The notices of the 4:30 school. Data: `child_data`; the subject is the child, so that they go
with it when it is erased."""

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_noop as _

from after_school import chat_words
from diedie_edu.notices.kinds import Kind, Phone, Sort
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import CLOCK, DAY, MOMENT, NAME, NUMBER, VENUE
from diedie_edu.people.models import Resident

AFTERNOONS = Sort("afternoons", _("Too few adults on a day, or opened late"))
CHILD, SESSION = Subject("child", Resident), Subject("session")
LINK = "/school/children/{child}/"
SESSION_LINK = "/desk/school/sessions/{session}/"
AT = {"name": NAME, "time": CLOCK}
WHEN = {"name": NAME, "when_at": MOMENT}  # with its day where that is not today
PHONES = (
    Phone(_("4:30 school"), "after-school"),
    Phone(_("lead"), "after-school-lead"),
    Phone(_("the community")),
)

COLLECTOR_NAMED = Kind(
    code="after_school.collector_named",
    title=_("{name}: somebody new may collect"),
    body=_(
        "{by} has named {who} as a person who may collect {name}. If this is not right, open "
        "the page and bar this person, or call us."
    ),
    sms=_("New: {who} may collect {name}. Please check:"),
    variables={"who": NAME, "name": NAME},
    link=LINK,
    phones=PHONES,
)
COLLECTOR_BARRED = Kind(
    code="after_school.collector_barred",
    title=_("{name}: somebody may not collect any more"),
    body=_("{by} has told us that {who} may not collect {name}. Our staff see a warning."),
    sms=_("Barred: {who} may not collect {name}."),
    variables={"who": NAME, "name": NAME},
    link=LINK,
)
BAR_LIFTED = Kind(
    code="after_school.bar_lifted",
    title=_("{name}: somebody may collect again"),
    body=_("{by} has lifted the bar: {who} may collect {name} again. The page says why."),
    sms=_("Bar lifted: {who} may collect {name} again."),
    variables={"who": NAME, "name": NAME},
    link=LINK,
)
PASS_MADE = Kind(
    code="after_school.pass_made",
    title=_("{name}: a pass for {day_on}"),
    body=_("{by} has given {who} a pass to collect {name} on {day_on}."),
    sms=_("Pass: {who} may collect {name} on {day_on}."),
    variables={"who": NAME, "name": NAME, "day_on": DAY},
    link=LINK,
)
WALKS_HOME = Kind(
    code="after_school.walks_home",
    title=_("{name} may walk home alone"),
    body=_("{by} lets {name} walk home alone from {first_on} to {last_on}."),
    sms=_("Walks home alone: {name}, {first_on} to {last_on}."),
    variables={"name": NAME, "first_on": DAY, "last_on": DAY},
    link=LINK,
)
END_OF_TERM = Kind(
    code="after_school.end_of_term",
    title=_("{name}: the term ends on {last_on}"),
    body=_(
        "The last day of “{term_title}” for {name} is {last_on}. Thank you for your trust, and "
        "for coming to the gate every day. {next}"
    ),
    sms=_("4:30 school: last day for {name} is {last_on}. Thanks!"),
    variables={"name": NAME, "last_on": DAY},
    link="/school/",
)

MISSING = Kind(
    code="after_school.missing",
    title=_("{name} has not come to the 4:30 school"),
    body=_(
        "It is {time}, and {name} has not come; we had no notice. Open the page and tell us in one "
        "tap whether {name} is with you, on the way or does not come today. Please call us at once "
        "if you do not know where your child is."
    ),
    sms=_("Missing at {time}: {name}. Call{phone} or answer:"),
    variables=AT,
    link="/school/where/{missing_token}/",
    alarm=True,
    phones=PHONES,
    urgent=True,
)
MISSING_FOR_STAFF = Kind(
    code="after_school.missing_for_staff",
    title=_("{name} is missing"),
    body=_("{name} is expected, has not come by {time}, and we had no notice. Please call."),
    sms=_("Missing at {time}: {name}. Please call the family:"),
    variables=AT,
    link=SESSION_LINK,
    alarm=True,
    urgent=True,
    group=chat_words.MISSING,
)
FOUND = Kind(
    code="after_school.found",
    title=_("{name} has come"),
    body=_("{name} has come to the 4:30 school: {when_at}. All is well."),
    sms=_("All is well: {name} came, {when_at}."),
    variables=WHEN,
    link=LINK,
    urgent=True,
    group=chat_words.FOUND,
)
HANDED_OVER = Kind(
    code="after_school.handed_over",
    title=_("{name}: handed over, {when_at}"),
    body=_("{name} left the 4:30 school: {when_at}. With: {who}."),
    sms=_("Left {when_at}: {name}, with {who}."),
    variables=WHEN | {"who": NAME},
    link=LINK,
    is_called=False,  # every day, and mostly to whoever came for the child
)
WALKED_HOME = Kind(
    code="after_school.walked_home",
    title=_("{name}: on the way home, {when_at}"),
    body=_("{name} left the 4:30 school ({when_at}) and walks home alone, as a guardian permits."),
    sms=_("4:30 school: {name} left {when_at} to walk home."),
    variables=WHEN,
    link=LINK,
)
HAND_OVER_TAKEN_BACK = Kind(
    code="after_school.hand_over_taken_back",
    title=_("{name} is still at the 4:30 school"),
    body=_("The hand-over ({when_at}) was noted by mistake. {name} is still with us."),
    sms=_("Correction: {name} is still at the 4:30 school."),
    variables={"name": NAME},
    link=LINK,
)
HAND_OVER_PUT_RIGHT = Kind(
    code="after_school.hand_over_put_right",
    title=_("{name}: a correction of {day_on}"),
    body=_("A hand-over of {name} on {day_on} was noted by mistake. Our staff put the log right."),
    sms=_("Correction of {day_on}: {name} was not handed over."),
    variables={"name": NAME, "day_on": DAY},
    link=LINK,
)
REFUSED = Kind(
    code="after_school.refused",
    title=_("{name}: somebody was refused"),
    body=_("At {time} {who} wanted to collect {name} and was refused. {name} is with us."),
    sms=_("Refused: {who}, {time}. {name} is safe with us."),
    variables=AT | {"who": NAME},
    link=LINK,
)
REFUSED_THEN = Kind(
    code="after_school.refused_then",
    title=_("{name}: somebody was refused on {day_on}"),
    body=_("On {day_on} {who} wanted to collect {name} and was refused; it is written down now."),
    sms=_("Refused on {day_on}: {who}, for {name}."),
    variables={"day_on": DAY, "who": NAME, "name": NAME},
    link=LINK,
)
NOTE = Kind(
    code="after_school.note",
    title=_("{name}: a note from the 4:30 school"),
    body=_("Our staff have written a note on {name} ({day_on}). Open the page to read it."),
    sms=_("4:30 school, {day_on}: a note on {name}:"),
    variables={"name": NAME, "day_on": DAY},
    link=LINK,
)

STAND_IN = Kind(
    code="after_school.stand_in",
    title=_("Can you stand in on {starts_at}?"),
    body=_(
        "Somebody cannot come to the 4:30 school on {starts_at} at {venue}. You are free and "
        "cleared that day. Who says yes first gets the duty; nobody minds a no."
    ),
    sms=_("4:30 school, {starts_at}: can you stand in? First yes gets it:"),
    variables={"starts_at": MOMENT},
    link="/school/stand-in/{stand_in_token}/",
)
SHORT_STAFFED = Kind(
    code="after_school.short_staffed",
    title=_("Too few adults on {starts_at}: {venue}"),
    body=_(
        "On {starts_at} {filled} of {needed} adults are on duty at {venue}. Please assign somebody."
    ),
    sms=_("4:30 school, {starts_at}, {venue}: {filled} of {needed} adults."),
    variables={"starts_at": MOMENT, "venue": VENUE, "filled": NUMBER, "needed": NUMBER},
    link="/desk/school/roster/",
    alarm=True,
    sort=AFTERNOONS,
)
MUST_LEAVE = Kind(
    code="after_school.must_leave",
    title=_("{name} must leave the 4:30 school now"),
    body=_(
        "{name} may not be with the children any more. "
        "At {time} we signed {name} out. Please go to the room at once, see that {name} "
        "leaves, and stay with the children until somebody stands in."
    ),
    sms=_("At once: {name} must leave the children. Please go:"),
    variables={"name": NAME},
    link="/desk/school/sessions/{session}/duties/",
    alarm=True,
    group=chat_words.MUST_LEAVE,
)

# Of no use on the day after.
OF_THE_DAY = (FOUND, HANDED_OVER, WALKED_HOME, HAND_OVER_TAKEN_BACK)


def child_data(child: Resident, **more: Any) -> dict[str, Any]:
    """The facts a notice about a child is rendered from."""
    return {"child": child.pk, "name": child.full_name, **more}


def child_facts(**more: Any) -> dict[str, Any]:
    """The same in a query over rows with a `child`."""
    return {"child": F("child_id"), "name": F("child__full_name"), **more}


def in_both(name: str, say: Callable[[], object]) -> dict[str, str]:
    """What `say` says in each language, as data of a notice."""
    words = {}
    for ending, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            words[f"{name}_{ending}"] = str(say())
    return words
