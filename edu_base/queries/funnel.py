"""How many people came how far in a year of a scheme; the definitions stand in `rules.funnel`.

Every property is one statement over visits (in the Dream scheme over nominations) and one over
applications, however many there are. The row of somebody who was erased counts as a person of its
own.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from diedie_edu.people.rules.ages import BANDS, last_birth_date
from edu_base.models import Application, Nomination, Scheme, SchemeYear, Visit
from edu_base.queries.mobilising import COUNTS
from edu_base.rules.funnel import BY_STEPS, FunnelStep, Row, day_of_age, joined, went_elsewhere
from edu_base.rules.mobilising import MET

WHO = Coalesce(F("person_id"), -F("pk"))
STEPS = {
    str(step): Count(WHO, distinct=True, filter=Q(steps__state__in=states))
    for step, states in BY_STEPS.items()
}
VISITS = {
    "reached": Count(WHO, distinct=True, filter=Q(outcome__in=MET)),
    "interested": Count(WHO, distinct=True, filter=Q(outcome=Visit.Outcome.INTERESTED)),
}
NOMINATIONS = {
    "reached": Count(WHO, distinct=True),
    "interested": Count(WHO, distinct=True, filter=Q(confirmed_at__isnull=False)),
}
Counts = Mapping[Any, Mapping[str, int]]


class Funnel:
    """A year of a scheme."""

    def __init__(self, year: SchemeYear) -> None:
        self.year = year
        self.is_dream = year.scheme == Scheme.DREAM

    @cached_property
    def whole(self) -> Row:
        return self._both(Value(1)).get(1, Row())

    @cached_property
    def by_class(self) -> dict[int, Row]:
        """By the class's id, from the application on: a visit is to a person, not to a class."""
        return joined(self._steps(F("intake")))

    @cached_property
    def by_enterprise(self) -> dict[int | None, Row]:
        """By the enterprise's id; None for whoever came without one."""
        applied = self._steps(F("nomination__allotment__enterprise"))
        return joined(self._first_steps(F("allotment__enterprise")), applied)

    @cached_property
    def by_sex(self) -> dict[str, Row]:
        """ "" where it is not known."""
        return self._both(Coalesce(F("person__gender"), Value("")))

    @cached_property
    def by_age(self) -> dict[str, Row]:
        """By bands of age; "" where no date of birth is known."""
        day = day_of_age(self.year.year)
        bands = [
            When(person__birth_date__lte=last_birth_date(age, day), then=Value(band))
            for age, band in BANDS
        ]
        return self._both(Case(*bands, default=Value("")))

    @cached_property
    def mobilised(self) -> int:
        """What stands against the target (`rules.funnel.TARGETS`): everybody once."""
        if self.is_dream:
            return self.whole.interested
        rows = self._applications.filter(steps__state__in=BY_STEPS[FunnelStep.APPLIED]).order_by()
        return len(set(rows.values_list(WHO, flat=True).distinct()) | self._elsewhere)

    @property
    def _elsewhere(self) -> set[int]:
        if not self.year.counts_elsewhere:
            return set()
        return went_elsewhere(self._visits.order_by("pk").values_list("person", "outcome"))

    @property
    def _visits(self) -> QuerySet[Visit]:
        return COUNTS.filter(scheme_year=self.year)

    @property
    def _applications(self) -> QuerySet[Application]:
        return Application.objects.filter(scheme=self.year.scheme, year=self.year.year)

    def _both(self, key: Combinable) -> dict[Any, Row]:
        return joined(self._first_steps(key), self._steps(key))

    def _first_steps(self, key: Combinable) -> Counts:
        if self.is_dream:
            nominated = Nomination.objects.filter(allotment__scheme_year=self.year)
            return _by_key(nominated.order_by().values(key=key).annotate(**NOMINATIONS))
        return _by_key(self._visits.order_by().values(key=key).annotate(**VISITS))

    def _steps(self, key: Combinable) -> Counts:
        return _by_key(self._applications.order_by().values(key=key).annotate(**STEPS))


def _by_key(rows: QuerySet[Any, Any]) -> Counts:
    return {row.pop("key"): row for row in rows}
