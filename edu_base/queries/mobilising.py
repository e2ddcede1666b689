"""Who stands on which contact list, and what visits have brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Length

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.people.models import Resident, Volunteer
from edu_base.models import (
    Application,
    ContactList,
    Intake,
    PhoneLeft,
    Scheme,
    SchemeYear,
    State,
    Visit,
)
from edu_base.models.mobilising import building_words
from edu_base.models.schemes import PROGRAMME
from edu_base.models.states import BLOCKS, LIVE
from edu_base.rules import mobilising as rules

# The label of a household begins with its building: "12-3-501".
BUILDING = Case(
    When(
        household__label__contains="-",
        then=Func(F("household__label"), Value("-"), Value(1), function="split_part"),
    ),
    default=Value(""),
    output_field=CharField(),
)
OF_A_VISIT = Subquery(
    Resident.objects.filter(pk=OuterRef("person")).annotate(one=BUILDING).values("one")
)
COUNTS = Visit.objects.filter(takes_back=None, taken_back_by=None)


@dataclass(frozen=True)
class Building:
    """How far one building is: people to ask, those met and interested this year, whose it is."""

    name: str
    people: int
    met: int
    interested: int
    given: ContactList | None

    NONE: ClassVar = "-"  # in forms, where a value cannot be empty

    @property
    def key(self) -> str:
        return self.name or self.NONE

    @property
    def words(self) -> str:
        return building_words(self.name)

    @property
    def to_meet(self) -> int:
        return self.people - self.met


# --- Years and people ------------------------------------------------------------------


def year_to_mobilise(today: date) -> SchemeYear | None:
    """The first year of the households scheme whose last class still takes applications, now or
    later; None where none is planned."""
    years = SchemeYear.objects.filter(scheme=Scheme.HOUSEHOLDS)
    ends = years.annotate(closes_on=Max("intakes__closes_on"))
    return ends.filter(closes_on__gte=today).order_by("year").first()


def people_to_ask(year: SchemeYear, today: date) -> QuerySet[Any]:
    """Everybody of the register whose age fits a class of the year and who has not said "do not ask
    again", with their building. Who has applied this year, or has a place already, needs no visit.
    """
    own = Application.objects.filter(person=OuterRef("pk"))
    applied = own.filter(year=year.year, state__in=LIVE).exclude(state=State.DRAFT)
    rows = Resident.objects.filter(_age_fits(year, today), erase_due_on=None, departed_on=None)
    rows = rows.exclude(residency=Resident.Residency.OUTSIDE)
    rows = rows.exclude(Exists(COUNTS.filter(person=OuterRef("pk"), outcome="do_not_ask")))
    rows = rows.exclude(Exists(applied)).exclude(Exists(own.filter(state__in=BLOCKS)))
    return rows.annotate(building=BUILDING)


def _age_fits(year: SchemeYear, today: date) -> Q:
    """Nobody where the year has no class yet."""
    fits = Q(pk__in=[])
    for intake in Intake.objects.filter(scheme_year=year):
        after, until = rules.born_between(intake, today)
        one = Q(birth_date__lte=until)
        fits |= one & Q(birth_date__gt=after) if after else one
    return fits


# --- One list --------------------------------------------------------------------------


def lines(given: ContactList, today: date) -> QuerySet[Any]:
    """The people of a list, those whom nobody has met yet first, in the order of their doors; with
    the last visit of the year (`seen`, 0 for none)."""
    rows = people_to_ask(given.scheme_year, today).filter(building=given.building)
    own = Visit.objects.filter(scheme_year=given.scheme_year, person=OuterRef("pk"))
    met = COUNTS.filter(scheme_year=given.scheme_year, person=OuterRef("pk"))
    found = rows.annotate(
        seen=Coalesce(Subquery(own.order_by("-pk").values("pk")[:1]), Value(0)),
        is_met=Exists(met.filter(outcome__in=rules.MET)),
    )
    doors = ("household__address", Length("household__label"), "household__label", "sort_key", "pk")
    return found.select_related("household").order_by("is_met", *doors)


def newest_visit(year: SchemeYear, person: Resident) -> Visit | None:
    return Visit.objects.filter(scheme_year=year, person=person).order_by("pk").last()


def said_no(person: Resident) -> bool:
    return COUNTS.filter(person=person, outcome=Visit.Outcome.DO_NOT_ASK).exists()


def who_said_no() -> QuerySet[Visit]:
    """The visits since which somebody is not asked any more."""
    rows = COUNTS.filter(outcome=Visit.Outcome.DO_NOT_ASK, person__erased_at=None)
    return rows.select_related("person", "by")


def own_taps(given: ContactList, by: User, since: datetime) -> QuerySet[Visit]:
    """What an account has noted at a building of late and can take back, newest first."""
    rows = COUNTS.filter(scheme_year=given.scheme_year, by=by, at__gte=since)
    found = rows.annotate(building=OF_A_VISIT).filter(building=given.building)
    return found.select_related("person").order_by("-pk")


# --- All lists -------------------------------------------------------------------------


def buildings(year: SchemeYear, today: date) -> list[Building]:
    """Every building where somebody is to be asked, in the order of their numbers."""
    asked = people_to_ask(year, today).values_list("pk", "building")
    met = _people(year, rules.MET)
    keen = _people(year, [Visit.Outcome.INTERESTED])
    given = {row.building: row for row in lists_of(year)}
    found: dict[str, list[int]] = {}
    for pk, building in asked:
        found.setdefault(building, []).append(pk)
    rows = [
        Building(name, len(people), len(met & {*people}), len(keen & {*people}), given.get(name))
        for name, people in found.items()
    ]
    return sorted(rows, key=lambda row: (row.name == "", len(row.name), row.name))


def _people(year: SchemeYear, outcomes: Sequence[str]) -> set[int]:
    rows = COUNTS.filter(scheme_year=year, outcome__in=outcomes)
    return set(rows.order_by().values_list("person", flat=True).distinct())


def lists_of(year: SchemeYear) -> QuerySet[ContactList]:
    return ContactList.objects.filter(scheme_year=year).select_related("given_to", "scheme_year")


def given_to(account: int) -> QuerySet[ContactList]:
    return ContactList.objects.filter(given_to=account).select_related("scheme_year")


def lists_given_to(user: User, today: date) -> list[ContactList]:
    """Those that an account works on now, with the number of `people` to meet."""
    rows: list[Any] = list(given_to(user.pk))
    year = year_to_mobilise(today) if rows else None
    if year is None or not may_be_given(user):
        return []
    rows = [row for row in rows if row.scheme_year_id == year.pk]
    for row in rows:
        row.people = lines(row, today).filter(is_met=False).count()
    return rows


# --- Who may have one ------------------------------------------------------------------


def may_be_given(user: User) -> bool:
    return keeps(user) or volunteers().filter(resident__account=user).exists()


def keeps(user: User) -> bool:
    return user.may(Permission.KEEP_APPLICANTS, PROGRAMME)


def volunteers() -> QuerySet[Volunteer]:
    return Volunteer.objects.filter(is_active=True, resident__account__is_active=True)


def accounts_to_choose() -> QuerySet[User]:
    """Staff of the base and volunteers who serve, by name."""
    keepers = accounts_with(Permission.KEEP_APPLICANTS, PROGRAMME).values("pk")
    serving = volunteers().order_by().values("resident__account")
    able = keepers.order_by().union(serving)
    found = User.objects.filter(pk__in=able, is_active=True)
    return found.order_by("resident__sort_key", "display_name", "pk")


# --- Windows ---------------------------------------------------------------------------


def open_until(scheme: str, today: date) -> date | None:
    """The last day on which one can apply in a scheme; None where no class is open today."""
    rows = Intake.objects.filter(scheme=scheme, opens_on__lte=today, closes_on__gte=today)
    last: date | None = rows.aggregate(last=Max("closes_on"))["last"]
    return last


def opens_next(scheme: str, today: date) -> date | None:
    """The day on which a class of a scheme opens next, where it is planned already."""
    rows = Intake.objects.filter(scheme=scheme, opens_on__gt=today).order_by("opens_on")
    return rows.values_list("opens_on", flat=True).first()


def schemes_with_phones() -> list[str]:
    return list(PhoneLeft.objects.order_by().values_list("scheme", flat=True).distinct())
