"""Reads of grants: funds with what became of them, and the roll of one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from diedie_edu.activities.models import Attendance
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident
from edu_base.models import Application, Award, Fact, GrantFact, GrantFund
from edu_base.rules.grants import MAY_GET


@dataclass(frozen=True)
class Total:
    """How many awards, and how much money."""

    number: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class FundLine:
    """A fund, and the total of each fact that stands."""

    fund: GrantFund
    totals: dict[str, Total] = field(default_factory=dict)

    def of(self, fact: Fact) -> Total:
        return self.totals.get(fact, Total())

    @property
    def awarded(self) -> Total:
        return self.of(Fact.AWARDED)

    @property
    def paid(self) -> Total:
        return self.of(Fact.PAID)

    @property
    def open(self) -> Total:
        """Awarded and not paid."""
        return Total(self.awarded.number - self.paid.number, self.awarded.amount - self.paid.amount)


def lines_of(funds: Collection[GrantFund]) -> list[FundLine]:
    """In one query, however many funds."""
    facts = GrantFact.objects.filter(award__fund__in=[fund.pk for fund in funds], stands=True)
    counted = facts.order_by().values_list("award__fund", "fact")
    totals: dict[int, dict[str, Total]] = {}
    for fund, fact, number, amount in counted.annotate(Count("id"), Sum("award__amount")):
        totals.setdefault(fund, {})[fact] = Total(number, amount)
    return [FundLine(fund, totals.get(fund.pk, {})) for fund in funds]


def roll_of(fund: GrantFund) -> QuerySet[Award]:
    """The awards that stand, by name, each with the day of every fact (`signed_on`) and whether
    the student came to the ceremony (`was_here`)."""
    rows = Award.objects.filter(fund=fund, stands=True)
    for fact in Fact:
        is_so = Q(facts__fact=fact, facts__stands=True)
        rows = rows.annotate(**{f"{fact}_on": Max("facts__on", filter=is_so)})
    came = Attendance.objects.filter(
        occasion__activity=fund.ceremony_id, resident=OuterRef("application__person")
    )
    about = rows.annotate(
        was_here=Exists(came), signed_by=Max("facts__proxy", filter=Q(facts__stands=True))
    ).select_related("application__person", "application__intake")
    return about.order_by("application__person__sort_key", "pk")


def candidates(fund: GrantFund) -> QuerySet[Application]:
    """Students who may get this grant and have not been awarded it, by class and name."""
    held = Award.objects.filter(fund=fund, stands=True, application__person=OuterRef("person"))
    rows = Application.objects.filter(~Exists(held), state__in=MAY_GET, year__lte=fund.year)
    if fund.scheme:
        rows = rows.filter(scheme=fund.scheme)
    about = rows.filter(person__isnull=False).select_related("person", "intake")
    return about.order_by("-year", "intake", "person__sort_key", "pk")


def has_one_already(fund: GrantFund, application: Application) -> bool:
    """Whether the student has an award of the fund that stands, by whichever application."""
    person = application.person_id
    rows = Award.objects.filter(fund=fund, stands=True, application__person=person)
    return person is not None and rows.exists()


def grants_of(family: Sequence[Resident]) -> QuerySet[Award]:
    """A family's own, the newest first, each with the days of its facts."""
    rows = Award.objects.filter(application__person__in=family, stands=True)
    for fact in (Fact.SIGNED, Fact.PAID):
        is_so = Q(facts__fact=fact, facts__stands=True)
        rows = rows.annotate(**{f"{fact}_on": Max("facts__on", filter=is_so)})
    return rows.select_related("fund", "application__person").order_by("-pk")


def of_family(family: Sequence[Resident]) -> Iterator[Panel]:
    """A family's grants on "my page"."""
    awards = list(grants_of(family))
    if awards:
        yield Panel(37, "edu_base/my_grants.html", {"awards": awards})
