"""When a grant is awarded, and what may follow; in words what the database refuses."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import day_text
from diedie_edu.common.errors import Refused
from edu_base.models import Application, Award, Fact, GrantFund, State

# Whoever left the college, or was never admitted, gets nothing more.
MAY_GET = (State.ADMITTED, State.REPORTED, State.STUDYING, State.PAUSED, State.GRADUATED)
BY_CONSTRAINT = {
    "awards_keep_the_sum_approved": (
        "sum",
        _("The sum that the committee approved does not suffice for this."),
    ),
    "one_award_of_a_student_a_year_and_kind": (
        "already",
        _("%(name)s has this grant of this year already."),
    ),
    "kind_of_grant_once_a_year": ("twin", _("This grant is there for that year already.")),
}
MISSING = {
    Fact.AWARDED: _("The award to %(name)s has been taken back."),
    Fact.ANNOUNCED: _("The grant of %(name)s is not announced yet."),
    Fact.SIGNED: _("%(name)s has not signed for the grant yet; nothing is paid before."),
}
ALREADY = {
    Fact.ANNOUNCED: _("The grant of %(name)s is announced already."),
    Fact.SIGNED: _("The grant of %(name)s is signed for already."),
    Fact.PAID: _("The grant of %(name)s is paid already. Nobody is paid twice."),
}


def name_of(award: Award) -> str:
    person = award.application.person
    return person.full_name if person else f"#{award.pk}"


def check_may_get(application: Application, fund: GrantFund) -> None:
    """House rule: students whom the college has admitted, of the fund's scheme, by its year."""
    person = {"name": application.person}
    if application.state not in MAY_GET:
        raise Refused("no_student", _("%(name)s is no student of the college.") % person)
    if fund.scheme not in ("", application.scheme) or application.year > fund.year:
        raise Refused("other_fund", _("This grant is not for the class of %(name)s.") % person)


def check_has_none(application: Application, is_had: bool) -> None:
    """House rule: one of each kind a year, also where somebody studies for a second time."""
    if is_had:
        code, words = BY_CONSTRAINT["one_award_of_a_student_a_year_and_kind"]
        raise Refused(code, words % {"name": application.person})


def check_follows(
    award: Award, standing: Mapping[str, date], fact: Fact, on: date, today: date
) -> None:
    """House rule: awarded, announced, signed for and paid follow each other; each once, on no day
    ahead nor before that of the last, and to students alone.

    `standing` are the facts that stand, with their days. Raises `Refused` (`already`, `too_early`,
    `no_student`, `ahead`, `before`).
    """
    who = {"name": name_of(award)}
    if fact in standing:
        raise Refused("already", ALREADY[fact] % who)
    before = list(Fact)[list(Fact).index(fact) - 1]
    if before not in standing:
        raise Refused("too_early", MISSING[before] % who)
    check_may_get(award.application, award.fund)
    check_day(on, today)
    if on < standing[before]:
        words = _("The step before it stands on %(day)s. Please look at the days again.")
        raise Refused("before", words % {"day": day_text(standing[before])}, "on")


def check_day(on: date, today: date) -> None:
    """House rule: what is entered has happened. Raises `Refused` (`ahead`)."""
    if on > today:
        raise Refused("ahead", _("That day lies ahead. Please enter what has happened."), "on")


def check_taken_back(award: Award, standing: Collection[str], fact: Fact, reason: str) -> None:
    """House rule: what came last is taken back first, and with a reason.

    Raises `Refused` (`no_reason`, `not_last`).
    """
    if not reason.strip():
        raise Refused("no_reason", _("Please give the reason; it stays with the entry."), "reason")
    last = [one for one in Fact if one in standing][-1:]
    if last != [fact]:
        words = _("Something else stands of the grant of %(name)s by now. Please look once more.")
        raise Refused("not_last", words % {"name": name_of(award)})


def check_proxy(fact: Fact, proxy: str, proxy_is: str) -> None:
    """House rule: 代领 is signing alone, and says who it is."""
    if bool(proxy) != bool(proxy_is) or (proxy and fact != Fact.SIGNED):
        words = _("Please give the name and who it is to the student, such as “mother”.")
        raise Refused("no_proxy", words, "proxy_is")


def refusal_by(constraint: str, name: object = "") -> Refused | None:
    """What the database has refused, in words; None for what none of this should run into."""
    if constraint not in BY_CONSTRAINT:
        return None
    code, words = BY_CONSTRAINT[constraint]
    return Refused(code, words % {"name": name})
