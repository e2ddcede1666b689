"""Whether somebody fits a class: its age, schooling and belonging, each a rule that can be read.

Pure, so that the self-check, the form, staff's pages and the figures all ask the same.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from diedie_edu.common.days import day_text
from diedie_edu.common.errors import Refused
from diedie_edu.people.rules.residents import years_old
from edu_base.models import Application, Belonging, Condition, Intake, Schooling

LONG_AGO = date.min  # works here since: long enough for every class
FIELDS = {
    Condition.AGE: "birth_date",
    Condition.SCHOOLING: "schooling",
    Condition.BELONGING: "belongs_by",
}


@dataclass(frozen=True)
class Facts:
    """What a class asks of somebody; empty is what they have not told."""

    birth_date: date | None = None
    schooling: str = ""
    belongs_by: str = ""
    employed_since: date | None = None


@dataclass(frozen=True)
class Unmet:
    """A condition that somebody does not meet, and the rule in words."""

    condition: Condition
    rule: str


def facts_of(application: Application) -> Facts:
    person = application.person
    return Facts(
        birth_date=person.birth_date if person else None,
        schooling=application.schooling,
        belongs_by=application.belongs_by,
        employed_since=application.employed_since,
    )


def unmet(intake: Intake, facts: Facts, lifted: Collection[str] = ()) -> list[Unmet]:
    """The conditions of a class that these facts do not meet, without those that are lifted."""
    return [row for row in _all_unmet(intake, facts) if row.condition not in lifted]


def check_conditions(application: Application) -> None:
    """Plan 六(一)1 and 2: raises `Refused` (`age`, `schooling`, `belonging`) with the first rule
    that is not met."""
    for row in unmet(application.intake, facts_of(application), application.lifted):
        raise Refused(row.condition, row.rule, FIELDS[row.condition])


def _all_unmet(intake: Intake, facts: Facts) -> Iterator[Unmet]:
    if not is_of_age(intake, facts.birth_date):
        yield Unmet(Condition.AGE, age_rule(intake))
    if intake.schoolings and facts.schooling not in intake.schoolings:
        yield Unmet(Condition.SCHOOLING, schooling_rule(intake))
    if not _belongs(intake, facts):
        yield Unmet(Condition.BELONGING, belonging_rule(intake))


def is_of_age(intake: Intake, birth_date: date | None) -> bool:
    """Plan 六(一)1: full years on the class's day, counted from the birthday itself; 25 ends the
    day before the 26th birthday. A class without an age takes any (plan 六(一)2 names none)."""
    if intake.age_counts_on is None or (intake.min_age is None and intake.max_age is None):
        return True
    if birth_date is None:
        return False
    age = years_old(birth_date, intake.age_counts_on)
    return (intake.min_age or 0) <= age <= (intake.max_age or age)


def _belongs(intake: Intake, facts: Facts) -> bool:
    """Plan 六(一)1 and 2: 户籍, 常住, or so many months in an enterprise here, counted up to the
    last day of applying."""
    if not intake.belongings:
        return True
    if facts.belongs_by not in intake.belongings:
        return False
    if facts.belongs_by != Belonging.WORKS or not intake.months_employed:
        return True
    since = facts.employed_since
    return since is not None and _full_months(since, intake.closes_on) >= intake.months_employed


def _full_months(since: date, until: date) -> int:
    """As leases and contracts count: 10 March to 9 June is three months."""
    end = until + timedelta(days=1)
    return 12 * (end.year - since.year) + end.month - since.month - (end.day < since.day)


# --- The rules in words ----------------------------------------------------------------


def age_rule(intake: Intake) -> str:
    """Empty where there is none."""
    if intake.age_counts_on is None or (intake.min_age is None and intake.max_age is None):
        return ""
    named = {"min": intake.min_age, "max": intake.max_age, "day": day_text(intake.age_counts_on)}
    if intake.max_age is None:
        return _("Age: %(min)s or older on %(day)s.") % named
    if intake.min_age is None:
        return _("Age: up to %(max)s on %(day)s.") % named
    return _("Age: %(min)s to %(max)s on %(day)s.") % named


def schooling_rule(intake: Intake) -> str:
    names = [str(Schooling(value).label) for value in intake.schoolings]
    return _("Schooling: %s.") % _listed(names) if names else ""


def belonging_rule(intake: Intake) -> str:
    names = [_belonging_words(intake, value) for value in intake.belongings]
    return _("Belonging here: %s.") % _listed(names) if names else ""


def rules_of(intake: Intake) -> list[str]:
    """All conditions of a class, as its page shows them."""
    return list(filter(None, [age_rule(intake), schooling_rule(intake), belonging_rule(intake)]))


def _belonging_words(intake: Intake, value: str) -> str:
    words = str(Belonging(value).label)
    if value == Belonging.LIVES and intake.residence_proof:
        return _("%(what)s (%(proof)s)") % {"what": words, "proof": intake.residence_proof}
    if value == Belonging.WORKS and intake.months_employed:
        named = {"what": words, "months": intake.months_employed}
        return _("%(what)s for at least %(months)s months") % named
    return words


def _listed(names: list[str]) -> str:
    return _(" or ").join(names)
