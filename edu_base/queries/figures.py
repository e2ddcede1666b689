"""The education base in figures: its own steps (`rules.funnel`) against the year's target and
places.

A year of a scheme is a calendar year, so a shorter span shows where that year stands.
"""

from collections.abc import Callable
from decimal import Decimal

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.permissions import Permission
from diedie_edu.figures.kinds import NOTHING, Indicator, OwnWay, Sheet, Value, in_programme, page
from diedie_edu.figures.spans import Span
from diedie_edu.office.queries import spending_figures
from edu_base.models import Fact, GrantFact, GrantFund, Scheme, SchemeYear
from edu_base.models.schemes import PROGRAMME
from edu_base.queries.funnel import Funnel
from edu_base.rules.funnel import DEFINITIONS, TARGETS, FunnelStep

F = FunnelStep
FUNNEL = page(Permission.KEEP_APPLICANTS, "edu_base:funnel")
Count = Callable[[Funnel], int]
PEOPLE = pgettext_lazy("unit of a figure", "people")


def funnels(sheet: Sheet) -> dict[str, Funnel]:
    """By scheme, of the year in which the span begins."""
    years = SchemeYear.objects.filter(year=sheet.span.year)
    return {year.scheme: Funnel(year) for year in years}


def _counted(scheme: Scheme, count: Count) -> Callable[[Sheet], Value]:
    def of(sheet: Sheet) -> Value:
        found = sheet.read(funnels).get(scheme)
        return Value(count(found)) if found else NOTHING

    return of


def _number_of(scheme: Scheme, column: str) -> Callable[[Span], int | None]:
    years = SchemeYear.objects.filter(scheme=scheme)
    return lambda span: years.filter(year=span.year).values_list(column, flat=True).first()


def _row(
    scheme: Scheme,
    step: str,
    place: int,
    title: Promise,
    definition: Promise,
    count: Count,
    target: str = "",
) -> Indicator:
    return Indicator(
        slug=f"{scheme}{step}",
        title=title,
        definition=definition,
        unit=PEOPLE,
        place=place,
        of=in_programme(PROGRAMME, _counted(scheme, count)),
        programme=PROGRAMME,
        is_main=bool(target),
        target=_number_of(scheme, target) if target else lambda _span: None,
        list_url=FUNNEL,
    )


def _applied(found: Funnel) -> int:
    return found.whole.applied


def _admitted(found: Funnel) -> int:
    return found.whole.admitted


def _enrolled(found: Funnel) -> int:
    return found.whole.enrolled


def _against_target(found: Funnel) -> int:
    return found.mobilised


H, D = Scheme.HOUSEHOLDS, Scheme.DREAM
MOBILISED = _row(H, "mobilised", 110, _("Mobilised"), TARGETS[H], _against_target, "target")
H_APPLIED = _row(
    H, "applied", 111, _("Households scheme: applied"), DEFINITIONS[F.APPLIED], _applied
)
H_ADMITTED = _row(
    H, "admitted", 112, _("Households scheme: admitted"), DEFINITIONS[F.ADMITTED], _admitted
)
H_REPORTED = _row(
    H,
    "reported",
    113,
    _("Reported to the two classes"),
    _("Plan 六(二)2: people who have reported at the college, all classes of the scheme together."),
    _enrolled,
    "places",
)
SELECTED = _row(D, "selected", 120, _("Dream: selected"), TARGETS[D], _against_target, "target")
D_APPLIED = _row(D, "applied", 121, _("Dream: applied"), DEFINITIONS[F.APPLIED], _applied)
D_ADMITTED = _row(D, "admitted", 122, _("Dream: admitted"), DEFINITIONS[F.ADMITTED], _admitted)
D_REPORTED = _row(
    D,
    "reported",
    123,
    _("Dream: reported"),
    _("Plan 六(二)4: workers who have reported at the college."),
    _enrolled,
    "places",
)


def grants_paid(sheet: Sheet) -> Value:
    rows = GrantFact.objects.filter(
        fact=Fact.PAID, stands=True, on__range=(sheet.span.first_day, sheet.span.last_day)
    )
    paid: Decimal | None = rows.aggregate(paid=Sum("award__amount"))["paid"]
    return Value(paid)


GRANTS_PAID = Indicator(
    slug="grants",
    title=_("Grants paid"),
    definition=_("Plan 六(二)4: what was paid to students, on the day of the payment."),
    unit=pgettext_lazy("unit of a figure", "yuan"),
    place=130,
    of=in_programme(PROGRAMME, grants_paid),
    programme=PROGRAMME,
    list_url=page(Permission.KEEP_APPLICANTS, "edu_base:fund_list"),
)


def money_used(sheet: Sheet) -> Value:
    """Funds on a line of a budget count with that budget."""
    funds = GrantFund.objects.filter(year=sheet.span.year, item=None)
    sums = funds.aggregate(number=Sum("awarded"), whole=Sum("total"))
    return sheet.read(spending_figures.used).get(PROGRAMME, NOTHING) + Value(**sums)


OWN_BUDGET_USE = OwnWay(
    indicator=spending_figures.BUDGET_USE.slug,
    programme=PROGRAMME,
    definition=_(
        "Plan 六(二)4: what is awarded to students today, of what the committee approved for the "
        "grants of the year, and what is used of a budget where there is one."
    ),
    of=money_used,
    list_url=page(Permission.KEEP_APPLICANTS, "edu_base:fund_list"),
)
