"""Who may be nominated, by whom and until when, and what an enterprise sees of it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import is_mobile
from edu_base.models import Allotment, Application, Intake, Nomination, Scheme, State
from edu_base.models.states import ENDED, STUDENTS

DAY = timedelta(days=1)
ADMITTED = (State.ADMITTED, *STUDENTS)
HOW_IT_STANDS = {
    "waiting": pgettext_lazy("a nomination", "not confirmed yet"),
    "confirmed": pgettext_lazy("a nomination", "confirmed"),
    "admitted": pgettext_lazy("a nomination", "admitted by the college"),
    "ended": pgettext_lazy("a nomination", "does not take part"),
}
BY_CONSTRAINT = {
    "allotments_keep_the_target": (
        "over_target",
        _("Together this would be more than the target of the year. Give fewer places."),
        "places",
    ),
    "allotment_is_kept": (
        "none_left",
        _("All places of the enterprise are used. Take a nomination back, or ask for more."),
        None,
    ),
    "one_number_is_nominated_once": (
        "nominated_already",
        _("This number stands in a nomination already. Each worker has a number of their own."),
        "phone",
    ),
    "one_number_confirms_one_person": (
        "number_of_another",
        _("This number has confirmed somebody else. Each worker has a number of their own."),
        "phone",
    ),
    "a_nominee_has_a_number_of_their_own": (
        "number_of_contact",
        _("This is the contact person's number. Only the worker can say yes, on their own phone."),
        "phone",
    ),
    "enterprise_once": (
        "credit_code_known",
        _("Another enterprise has this credit code."),
        "credit_code",
    ),
}


def refusal_by(constraint: str) -> Refused | None:
    """What the database has refused, in words; None for what no door should run into."""
    known = BY_CONSTRAINT.get(constraint)
    return None if known is None else Refused(*known)


# --- The enterprise --------------------------------------------------------------------


def check_can_be_sent(contact: str, phone: str) -> None:
    """House rule: the link goes to a named person's own phone, and to nobody else."""
    if not contact or not is_mobile(phone):
        raise Refused(
            "no_contact",
            _("Enter the contact person and their mobile first: the link goes there."),
        )


def check_until(until: date, today: date) -> None:
    """House rule: a link holds for today at least. Raises `Refused` (`until_passed`)."""
    if until < today:
        raise Refused("until_passed", _("This day has passed."), "until")


def is_link_open(allotment: Allotment, number: int, today: date) -> bool:
    """House rule: the newest link alone, and not after its last day."""
    ends_on = allotment.link_ends_on
    return number == allotment.link_number and ends_on is not None and today <= ends_on


def check_nominates(allotment: Allotment, today: date) -> None:
    """House rule: until the day on which unused places come back. Raises `Refused` (`over`)."""
    ends_on = allotment.scheme_year.allotments_end_on
    if ends_on is not None and today > ends_on:
        raise Refused("over", _("The time to nominate is over for this year."))


def check_not_below_used(allotment: Allotment, places: int) -> None:
    """House rule: what is used, or has come back, cannot be taken away."""
    if places < allotment.used + allotment.returned:
        raise Refused(
            "below_used",
            _("More than that are nominated already, or have come back unused."),
            "places",
        )


def check_not_too_many(is_used_up: bool) -> None:
    """House rule: NOMINATIONS_PER_HOUR by one enterprise, for each sends a text message."""
    if is_used_up:
        raise Refused("too_many", _("That is enough for now. Please go on in an hour."))


# --- The worker ------------------------------------------------------------------------


def check_nominee(phone: str, employed_since: date | None, today: date) -> None:
    """House rule: the link goes by text message. Raises `Refused` (`no_mobile`, `since_ahead`)."""
    if not is_mobile(phone):
        raise Refused("no_mobile", _("Please enter the worker's own mobile number."), "phone")
    if employed_since is not None and employed_since > today:
        raise Refused("since_ahead", _("This day lies ahead."), "employed_since")


def check_not_the_contacts(nomination: Nomination, contact_phone: str) -> None:
    """House rule: also where the contact has changed since. Raises `Refused`."""
    if nomination.phone == contact_phone:
        raise Refused(*BY_CONSTRAINT["a_nominee_has_a_number_of_their_own"])


def check_waits(nomination: Nomination) -> None:
    """House rule: what has an answer, or has ended, is not answered again."""
    if nomination.ended_at is not None:
        raise Refused("ended", _("This nomination has ended."))
    if nomination.confirmed_at is not None:
        raise Refused(
            "confirmed",
            _("The worker has confirmed, so the application is theirs. Please ring us."),
        )


def check_is_open(nomination: Nomination) -> None:
    """House rule: nothing more is said of what has ended. Raises `Refused` (`ended`)."""
    if nomination.ended_at is not None:
        raise Refused("ended", _("This nomination has ended."))


def is_draft_of(nomination: Nomination) -> bool:
    """House rule: the draft that the worker's yes has made, not one that they began before."""
    own = nomination.application
    return own is not None and (own.state, own.origin) == (
        State.DRAFT,
        Application.Origin.NOMINATED,
    )


def check_may_say_no(nomination: Nomination) -> None:
    """PIPL art. 15: as easily as it was given; once sent in, on the page of the application."""
    if not is_draft_of(nomination):
        check_waits(nomination)


def nothing(nomination: Nomination) -> None:
    """Nothing is in the way."""


def class_taken(intake: Intake | None, classes: Sequence[Intake]) -> Intake:
    """One of the year that still takes applications. Raises `Refused` (`closed`)."""
    if intake is None or intake not in classes:
        raise Refused("closed", _("The time to apply for this class is over."), "intake")
    return intake


def check_same_scheme(application: Application) -> None:
    """House rule: one live application a year, over both schemes."""
    if application.scheme != Scheme.DREAM:
        raise Refused(
            "already", _("There is another application of yours this year. Please ring us.")
        )


# --- What the enterprise sees ----------------------------------------------------------


def standing(nomination: Nomination) -> str:
    """Facts 3: whether it is confirmed, and the end result; no step, score or reason between, and
    not why it ended."""
    if nomination.ended_at is not None:
        return "ended"
    if nomination.confirmed_at is None:
        return "waiting"
    application = nomination.application
    if application is None or application.state in ENDED:
        return "ended"
    return "admitted" if application.state in ADMITTED else "confirmed"


def shown(nominations: Iterable[Nomination]) -> list[tuple[Nomination, str, str | Promise]]:
    """Each with how it stands, as a code and in words."""
    return [(row, standing(row), standing_words(row)) for row in nominations]


def standing_words(nomination: Nomination) -> str | Promise:
    return HOW_IT_STANDS[standing(nomination)]
