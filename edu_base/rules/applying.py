"""Who applies when, with whom, and what an application needs before it is sent in."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import day_text
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.people.models import Resident
from edu_base.models import Application, Intake, Scheme, State, Step
from edu_base.models.states import CHAIN
from edu_base.rules.ages import is_minor
from edu_base.rules.guardians import guardian_acts

Acting = Step.Acting


class GuardianSubmits(Refused):
    """Somebody under 18 is about to send it in: the guardian is asked instead."""


def is_open(intake: Intake, today: date) -> bool:
    """Plan 六(二)2 and 4: the days of a class, both included."""
    return intake.opens_on <= today <= intake.closes_on


def check_window(intake: Intake, today: date) -> None:
    """Plan 六(二)2 and 4: one applies while the class takes applications. Raises `Refused`
    (`closed`)."""
    if not is_open(intake, today):
        named = {"first": day_text(intake.opens_on), "last": day_text(intake.closes_on)}
        text = _("This class takes applications from %(first)s to %(last)s.")
        raise Refused("closed", text % named, "intake")


def acting_of(application: Application, own: Resident | None, today: date) -> Acting | None:
    """As whom somebody of the register acts in an application of theirs; None: it is not."""
    if own is None:
        return None
    if application.person_id == own.pk:
        return Acting.APPLICANT
    is_guardian = application.guardian_id == own.pk and guardian_acts(application, today)
    return Acting.GUARDIAN if is_guardian else None


def check_is_applied_for(intake: Intake) -> None:
    """Plan 六(一)2: for the Dream scheme an enterprise nominates. Raises `Refused`
    (`by_nomination`)."""
    if intake.scheme == Scheme.DREAM:
        text = _("For this class your enterprise nominates you. Please ask there, or call us.")
        raise Refused("by_nomination", text, "intake")


def check_guardian(person: Resident, guardian: Resident | None, today: date) -> None:
    """Law (Civil Code art. 19): under 18 somebody applies with a grown-up guardian. Raises
    `Refused` (`guardian_needed`, `not_a_guardian`)."""
    if not is_minor(person.birth_date, today):
        return
    if guardian is None:
        text = _("Under 18, a guardian applies with you: please give name and phone.")
        raise Refused("guardian_needed", text, "guardian_name")
    if guardian.pk == person.pk or is_minor(guardian.birth_date, today):
        text = _("A guardian is another person, and of age.")
        raise Refused("not_a_guardian", text, "guardian_name")


def check_not_too_many(is_used_up: bool) -> None:
    """House rule: nobody sends messages to numbers at will. Raises `Refused` (`too_many`)."""
    if is_used_up:
        text = _("You have named several guardians within an hour. Please try again later.")
        raise Refused("too_many", text)


def check_is_ward(birth_date: date, today: date) -> None:
    """Law (Civil Code art. 18): whoever is of age applies alone. Raises `Refused`
    (`of_age_alone`)."""
    if not is_minor(birth_date, today):
        text = _("Whoever is 18 or older applies with an own account.")
        raise Refused("of_age_alone", text, "birth_date")


def can_change(application: Application) -> bool:
    """House rule: a draft, and what was returned."""
    return application.is_waiting_for_applicant


def check_can_change(application: Application) -> None:
    """House rule: what is being reviewed stays as it was sent in. Raises `Refused`
    (`in_review`)."""
    if not can_change(application):
        text = _("This has been sent in. We write to you if something is to be changed.")
        raise Refused("in_review", text)


def check_may_change_class(application: Application, is_marked: bool) -> None:
    """House rule: marks are by the criteria of one class, and enterprises nominate for the Dream
    scheme. Raises `Refused` (`marked`, `nominated`)."""
    if is_marked:
        raise Refused("marked", _("This is marked already, so its class stays."), "intake")
    is_nominated = application.origin == Application.Origin.NOMINATED
    if is_nominated and application.intake.scheme != Scheme.DREAM:
        raise Refused("nominated", _("You are nominated for the Dream scheme."), "intake")


def can_withdraw(application: Application) -> bool:
    """House rule: until the studies begin."""
    return State.WITHDRAWN in CHAIN[State(application.state)]


def missing(application: Application) -> list[str]:
    """The names of fields without which an application says too little."""
    told = {
        "schooling": application.schooling,
        "belongs_by": application.belongs_by,
        "address": application.address,
        "number": application.paper_number,
    }
    return [name for name, value in told.items() if not value]


def check_complete(application: Application) -> None:
    """House rule and PIPL art. 13: all is told, and agreed to. Raises `Refused` (`incomplete`,
    `no_consent`)."""
    if missing(application):
        text = _("Something is still missing. Please fill in the form to its end first.")
        raise Refused("incomplete", text)
    if application.agreed_at is None:
        text = _("Nobody has agreed to the use of these data yet.")
        raise Refused("no_consent", text)


def check_may_submit(application: Application, acting: Acting, today: date) -> None:
    """Law (Civil Code art. 19, 22): under 18 the guardian sends it in, or staff from the paper that
    the guardian signed. Raises `Refused` (`guardian_submits`)."""
    person = application.person
    if person and is_minor(person.birth_date, today) and acting == Acting.APPLICANT:
        text = _("Under 18, your guardian sends this in. We ask your guardian with one tap.")
        raise GuardianSubmits("guardian_submits", text)


def check_may_settle(application: Application) -> None:
    """House rule: what is stopped can be settled. Raises `Refused` (`not_stopped`)."""
    if application.stopped_at is None:
        raise Refused("not_stopped", _("Nothing stops this application."))


def can_stop(application: Application, today: date) -> bool:
    """House rule: whether `check_may_stop` would let it pass."""
    return refusal_of(check_may_stop, application, today) is None


def check_may_stop(application: Application, today: date) -> None:
    """Law (Civil Code art. 19, 23): a guardian says no to what a minor applies for, once, and while
    something can still be stopped. Raises `Refused` (`of_age`, `already_stopped`, `too_late`)."""
    person = application.person
    if person is None or not is_minor(person.birth_date, today):
        raise Refused("of_age", _("The applicant is of age and decides alone."))
    if application.stopped_at is not None:
        raise Refused("already_stopped", _("A guardian's no is written down already."))
    if not can_withdraw(application):
        raise Refused("too_late", _("This application has ended, or the studies have begun."))
