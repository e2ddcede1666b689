"""The way from the first visit to the first day at college: one written definition a step; pure.

Every step counts people, each once in a year of a scheme, and how far they ever came in it: whoever
withdraws later was admitted all the same. Visits that were taken back do not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from edu_base.models import Visit
from edu_base.models.states import STUDENTS, Scheme, State

S = State


class FunnelStep(TextChoices):
    REACHED = "reached", pgettext_lazy("a step of the funnel", "Reached")
    INTERESTED = "interested", pgettext_lazy("a step of the funnel", "Interested")
    APPLIED = "applied", pgettext_lazy("a step of the funnel", "Applied")
    ELIGIBLE = "eligible", pgettext_lazy("a step of the funnel", "Meet the conditions")
    ADMITTED = "admitted", pgettext_lazy("a step of the funnel", "Admitted by the college")
    ENROLLED = "enrolled", pgettext_lazy("a step of the funnel", "Enrolled")


F = FunnelStep
DEFINITIONS: dict[FunnelStep, Promise] = {
    F.REACHED: _("People whom a visit or a call of the year has met, whatever they said."),
    F.INTERESTED: _("Those of them who said in it that they are interested."),
    F.APPLIED: _("People who have submitted an application, here or on paper."),
    F.ELIGIBLE: _("People whose application was found to meet the conditions of its class."),
    F.ADMITTED: _("People who stood on the college's list of those admitted."),
    F.ENROLLED: _("People who have reported at the college and begun to study."),
}
# Workers are not visited at home: their enterprises begin.
OF_DREAM = {
    F.REACHED: _("Workers whom an enterprise has nominated, whatever they said."),
    F.INTERESTED: _("Those of them who have confirmed it on their own phone."),
}
TARGETS: dict[Scheme, Promise] = {
    Scheme.HOUSEHOLDS: _(
        "Mobilised: people who applied here, or who took up higher education elsewhere after we "
        "had asked them."
    ),
    Scheme.DREAM: _(
        "Selected: workers whom an enterprise has chosen and who have said yes on their own phone."
    ),
}
# A step of an application's history in one of these says that somebody came so far. Earlier
# students from a list have the last of their steps alone, so what follows implies what comes first.
ENROLLED = STUDENTS
ADMITTED = (S.ADMITTED, *ENROLLED)
ELIGIBLE = (
    *(S.ELIGIBLE, S.INTERVIEWED, S.RANKED, S.RESERVE, S.OFFERED, S.PROPOSED, S.ANNOUNCED),
    *(S.CONFIRMED, *ADMITTED),
)
APPLIED = (S.SUBMITTED, S.MORE_ASKED, *ELIGIBLE)
BY_STEPS: dict[FunnelStep, tuple[State, ...]] = {
    F.APPLIED: APPLIED,
    F.ELIGIBLE: ELIGIBLE,
    F.ADMITTED: ADMITTED,
    F.ENROLLED: ENROLLED,
}


def definitions(scheme: str) -> dict[FunnelStep, Promise]:
    return DEFINITIONS | (OF_DREAM if scheme == Scheme.DREAM else {})


@dataclass(frozen=True)
class Row:
    """How many people came so far."""

    reached: int = 0
    interested: int = 0
    applied: int = 0
    eligible: int = 0
    admitted: int = 0
    enrolled: int = 0

    def __add__(self, other: "Row") -> "Row":
        return Row(*map(sum, zip(self.numbers, other.numbers, strict=True)))

    @property
    def numbers(self) -> list[int]:
        """In the order of the steps."""
        return [getattr(self, step) for step in F]


def joined(*parts: Mapping[Any, Mapping[str, int]]) -> dict[Any, Row]:
    """Counts of visits and of applications by the same key."""
    found: dict[Any, Row] = {}
    for part in parts:
        for key, numbers in part.items():
            found[key] = found.get(key, Row()) + Row(**numbers)
    return found


def went_elsewhere(visits: Iterable[tuple[int, str]]) -> set[int]:
    """House rule: who is studying elsewhere by what a visit has found, and had said before in the
    same year that they were interested, or not; whoever studied already was not mobilised by us.
    `visits` are people and outcomes in the order of time."""
    asked: set[int] = set()
    found: set[int] = set()
    for person, outcome in visits:
        if outcome in (Visit.Outcome.INTERESTED, Visit.Outcome.NOT_INTERESTED):
            asked.add(person)
        if outcome == Visit.Outcome.ELSEWHERE and person in asked:
            found.add(person)
    return found


def day_of_age(year: int) -> date:
    """House rule: in the funnel people are as old as on 1 September of its year."""
    return date(year, 9, 1)
