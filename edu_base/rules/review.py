"""Who may review what, and what is asked before it goes on; pure."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from edu_base.models import Application, Declaration, Intake, Interview, Part, State
from edu_base.models.states import ENDED, HOLDS

MARKED_IN = {
    Part.PAPERS: (State.ELIGIBLE, State.INTERVIEWED),
    Part.INTERVIEW: (State.INTERVIEWED,),
}


def reviewers_needed(intake: Intake) -> int:
    """For each part of each application."""
    return 2 if intake.two_reviewers else 1


def ready_state(intake: Intake) -> State:
    """Where an application stands from which it can be ranked."""
    return State.INTERVIEWED if intake.has_interview else State.ELIGIBLE


def check_not_concerned(is_concerned: bool) -> None:
    """Facts 1 and the house's order of reviewing: nobody reviews or decides on what is their own,
    of their household, of whom they guard, or nominated where they are the contact."""
    if is_concerned:
        raise Refused(
            "concerned",
            _("This application concerns you or your family, so somebody else sees to it."),
        )


def check_is_as_shown(application: Application, step: int) -> None:
    """House rule: several are decided on as they stood on the screen."""
    if application.last_step != step:
        raise Refused("changed", _("Something was changed here meanwhile. Please look again."))


def check_has_its_words(application: Application) -> None:
    """PIPL art. 47: what is erased does not come back. Raises `Refused` (`erased`)."""
    if application.erased_at is not None:
        raise Refused("erased", _("Its words are erased. Please begin a new application."))


def check_has_no_tie(declaration: Declaration | None) -> None:
    """House rule: ties are declared from covered names, before a case is opened."""
    if declaration is None:
        raise Refused("undeclared", _("First say whether you know this applicant."))
    if declaration.tie != Declaration.Tie.NONE:
        raise Refused("tied", _("You have declared a tie, so somebody else marks this one."))


def check_may_mark(application: Application, part: str, handed_in: int) -> None:
    """House rule: after it has met the conditions, before the ranking, and by no more reviewers
    than the class asks for. Raises `Refused` (`not_now`, `enough`)."""
    if application.state not in MARKED_IN[Part(part)] or application.stopped_at is not None:
        raise Refused("not_now", _("This application cannot be marked at present."))
    if handed_in >= reviewers_needed(application.intake):
        raise Refused("enough", _("Others have given their marks already. Thank you."))


def check_complete(criteria: Collection[int], points: Mapping[int, int]) -> None:
    """House rule: marks are handed in whole. Raises `Refused` (`incomplete`)."""
    if set(points) != set(criteria) or not criteria:
        raise Refused("incomplete", _("Please give marks for every criterion."))


def check_says_why(reason: str) -> None:
    """House rule: marks are taken back with a reason."""
    if not reason.strip():
        raise Refused("no_reason", _("Please write the reason."), "reason")


def check_may_take_back(application: Application) -> None:
    """House rule: marks are given anew until the ranking."""
    if application.state not in MARKED_IN[Part.PAPERS]:
        raise Refused("ranked", _("This application is ranked, so its marks stay."))


def check_can_be_seen(application: Application) -> None:
    """House rule: an interview is set for whoever meets the conditions."""
    if application.state != State.ELIGIBLE:
        raise Refused("not_now", _("An interview is set for whoever meets the conditions."))


def check_was_seen(interview: Interview | None) -> None:
    """House rule: whoever is interviewed had day and place from us before."""
    if interview is None:
        raise Refused("no_interview", _("First set day and place of the interview."))


def check_household_may_change(application: Application) -> None:
    """Facts 1: the household of a place that is held stays."""
    if application.state in HOLDS:
        raise Refused("holds", _("This application holds a place, so its household stays."))
    if application.state in ENDED:
        raise Refused("ended", _("This application has ended."))


def check_has_number(number: str) -> None:
    """House rule: a household is known by the number of its paper, so there is one. Raises
    `Refused` (`no_number`)."""
    if not number:
        raise Refused("no_number", _("Please type the number that stands on the paper."), "number")


def check_answered(questions: Collection[object], reason: str) -> None:
    """House rule: where a household may have split or merged, staff say what they found."""
    if questions and not reason.strip():
        raise Refused(
            "unanswered",
            _("Look at both papers: is it one household or two? Please say why."),
            "reason",
        )


def two_students() -> Refused:
    """Facts 1: two students of one household. A question to staff, never answered by itself."""
    return Refused(
        "two_students",
        _(
            "Both households already have a student. Are these papers really of one household? "
            "If they are, ask the lead before anything else: one of the two places is too many."
        ),
    )


def check_can_be_lifted(application: Application, conditions: Collection[str]) -> None:
    """House rule: an exception is asked for before the conditions are found met."""
    if application.state not in {State.SUBMITTED, State.MORE_ASKED}:
        raise Refused("not_now", _("An exception is asked for while the conditions are checked."))
    if not set(conditions) - set(application.lifted):
        raise Refused("lifted", _("These conditions are lifted already."), "conditions")
