"""What may follow in the chain of an application, and in words what the database refuses."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from edu_base.models.applications import Application
from edu_base.models.states import CHAIN, ENDED, State

NEEDS_REASON = (State.MORE_ASKED, State.REFUSED, State.NOT_ADMITTED)
BY_CONSTRAINT = {
    "year_keeps_its_ceiling": ("full_year", _("All places of this scheme and year are taken.")),
    "class_keeps_its_places": ("full_class", _("All places of this class are taken.")),
    "one_student_of_a_household": (
        "household",
        _("This household already has its student. The plan gives one place to a household."),
    ),
    "nobody_holds_a_place_without_a_household": (
        "no_household",
        _("First confirm the household from the register booklet or the tenancy contract."),
    ),
    "one_live_application_a_year": (
        "already",
        _("There is another application of this person this year."),
    ),
    "one_live_application_of_a_paper": (
        "already",
        _("There is another application with this identity paper this year."),
    ),
}


def check_is_draft(application: Application) -> None:
    """House rule: what was sent in is no draft any more. Raises `Refused` (`moved_on`)."""
    if application.state != State.DRAFT:
        raise _moved_on(application)


def check_follows(application: Application, to: State) -> None:
    """House rule: the chain (`models.states.CHAIN`). Raises `Refused` (`moved_on`, `stopped`)."""
    if application.stopped_at is not None and to not in ENDED:
        raise Refused("stopped", _("A guardian has said no. Settle that first."))
    if to not in CHAIN[State(application.state)]:
        raise _moved_on(application)


def _moved_on(application: Application) -> Refused:
    text = _(
        "This application stands at “%s” now, so this cannot follow. Please look at it once more."
    )
    return Refused("moved_on", text % application.get_state_display())


def check_has_reason(to: State, reason: str) -> None:
    """House rule: whoever hears a no, or is asked for more, reads why."""
    if to in NEEDS_REASON and not reason.strip():
        raise Refused("no_reason", _("Please give the reason; the applicant reads it."), "reason")


def refusal_by(constraint: str) -> Refused | None:
    """What the database has refused, in words; None for what no step should run into."""
    known = BY_CONSTRAINT.get(constraint)
    return None if known is None else Refused(*known)
