"""Households of papers: who else stands under one, and which could be one."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from edu_base.models import Application, Dwelling, DwellingAnswer, Scheme
from edu_base.models.states import BLOCKS, LIVE

OTHERS_SHOWN = 12
PEOPLE = Application.objects.select_related("person", "intake", "dwelling")


@dataclass(frozen=True)
class Question:
    """Another household that could be the same: the applicants under it, and what points to it."""

    dwelling: Dwelling
    applications: list[Application]
    same_number: bool
    same_address: bool
    same_register: bool


def others_of(application: Application) -> tuple[list[Application], int]:
    """Who else stands under the same household, over all years, the newest first; and how many more
    than are shown."""
    rows = PEOPLE.filter(scheme=Scheme.HOUSEHOLDS, dwelling=application.dwelling_id)
    rows = rows.filter(dwelling__isnull=False, state__in=LIVE).exclude(pk=application.pk)
    found = list(rows[: OTHERS_SHOWN + 1])
    more = rows.count() - OTHERS_SHOWN if len(found) > OTHERS_SHOWN else 0
    return found[:OTHERS_SHOWN], more


def students_of(dwelling: Dwelling) -> QuerySet[Application]:
    """Who has the household's place; for staff alone."""
    return PEOPLE.filter(scheme=Scheme.HOUSEHOLDS, dwelling=dwelling, state__in=BLOCKS)


def questions(
    application: Application, dwelling: int | None, number_key: str, address_key: str
) -> list[Question]:
    """House rule: households that may have split or merged are asked about: the same address, or
    people whom the register says live together, under another paper than that of `dwelling` (id,
    None for a new one), or its number on another kind of paper; and the applicant's own earlier
    one. What was answered is not asked again.
    """
    rows = Dwelling.objects.filter(same_as=None).exclude(pk__in=_answered(dwelling)).distinct()
    by_number = set(rows.filter(_numbered(number_key)).values_list("pk", flat=True))
    by_address = set(rows.filter(_at(address_key)).values_list("pk", flat=True))
    by_people = set(rows.filter(_lives_with(application)).values_list("pk", flat=True))
    found = Dwelling.objects.in_bulk(by_number | by_address | by_people)
    people = _applicants(found)
    return [
        Question(found[pk], people.get(pk, []), pk in by_number, pk in by_address, pk in by_people)
        for pk in sorted(found)
    ]


def _numbered(number_key: str) -> Q:
    return Q(number_key=number_key) | Q(other_papers__number_key=number_key)


def _at(address_key: str) -> Q:
    if not address_key:
        return Q(pk__in=[])
    return Q(address_key=address_key) | Q(other_papers__address_key=address_key)


def _lives_with(application: Application) -> Q:
    person = application.person
    if person is None:
        return Q(pk__in=[])
    own = Q(applications__person=person)
    if person.household_id is None:
        return own
    return own | Q(applications__person__household=person.household_id)


def _answered(dwelling: int | None) -> list[int]:
    """Those that it was compared with before, and itself."""
    if dwelling is None:
        return []
    rows = DwellingAnswer.objects.filter(Q(one=dwelling) | Q(other=dwelling))
    return [dwelling, *(pk for pair in rows.values_list("one", "other") for pk in pair)]


def _applicants(dwellings: dict[int, Dwelling]) -> dict[int, list[Application]]:
    found: dict[int, list[Application]] = {}
    for row in PEOPLE.filter(dwelling__in=dwellings).order_by("pk"):
        if row.dwelling_id is not None:
            found.setdefault(row.dwelling_id, []).append(row)
    return found
