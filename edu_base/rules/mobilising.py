"""Who is to be asked, by whom, and what counts as having met somebody; pure."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import is_mobile
from diedie_edu.people.rules.ages import last_birth_date
from diedie_edu.people.rules.residents import last_birth_date_of_grown
from edu_base.models import Intake, Visit

Outcome = Visit.Outcome
TAPS = (
    *(Outcome.INTERESTED, Outcome.NOT_INTERESTED, Outcome.NOT_MET),
    *(Outcome.ELSEWHERE, Outcome.DO_NOT_ASK),
)
# House rule: whoever opened the door has been reached, whatever they said.
MET = tuple(tap for tap in TAPS if tap != Outcome.NOT_MET)


def born_between(intake: Intake, today: date) -> tuple[date | None, date]:
    """Plan 六(二)2: whose age fits a class, as dates of birth: later than the first, which is
    empty where there is no upper limit, and not later than the second.

    Classes count from the birthday itself, on `age_counts_on`. House rule: nobody under 14 today
    is visited, whatever a class takes (PIPL art. 31).
    """
    youngest, day = last_birth_date_of_grown(today), intake.age_counts_on
    if day is None:
        return None, youngest
    if intake.min_age is not None:
        youngest = min(youngest, last_birth_date(intake.min_age, day))
    if intake.max_age is None:
        return None, youngest
    return last_birth_date(intake.max_age + 1, day), youngest


def check_may_be_given(is_keeper: bool, is_volunteer: bool) -> None:
    """House rule: names go to staff of the base and to volunteers who serve. Raises `Refused`
    (`not_ours`)."""
    if not (is_keeper or is_volunteer):
        raise Refused(
            "not_ours", _("Choose one of the staff or a volunteer who serves."), "given_to"
        )


def check_may_be_asked(newest: Visit | None, seen: int, said_no: bool) -> None:
    """House rule: nobody is asked who has said no to it, and a tap on an old page counts for
    nothing. `newest` is the last visit of the year, `seen` the one that the page knew of (0 for
    none). Raises `Refused` (`said_no`, `noted`)."""
    if said_no:
        raise Refused("said_no", _("This person does not want to be asked again."))
    if (newest.pk if newest else 0) != seen:
        raise Refused("noted", _("A visit to this person has just been noted. See the list."))


def check_taken_back(visit: Visit, by: int, is_keeper: bool, is_taken_back: bool) -> None:
    """House rule: a wrong tap is taken back by whoever made it, or by staff, and once. Raises
    `Refused` (`not_yours`, `taken_back`)."""
    if not is_keeper and visit.by_id != by:
        raise Refused("not_yours", _("Somebody else has noted this. Ask the office."))
    if is_taken_back:
        raise Refused("taken_back", _("This has been taken back already."))


def check_may_leave_phone(phone: str, open_until: date | None) -> None:
    """House rule: one leaves a mobile number, and only where nobody can apply yet. Raises
    `Refused` (`open`, `no_mobile`)."""
    if open_until is not None:
        raise Refused("open", _("Applications are open now: you can apply at once."))
    if not is_mobile(phone):
        raise Refused(
            "no_mobile", _("Please give a mobile number: you get a text message."), "phone"
        )


def check_not_too_many(is_used_up: bool) -> None:
    """House rule: PHONES_LEFT_PER_HOUR from one network address within an hour."""
    if is_used_up:
        raise Refused(
            "too_many",
            _("Many numbers have just come from this network. Please try again in an hour."),
        )
