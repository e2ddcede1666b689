"""Applications as staff find them."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from diedie_edu.common.names import letters_of
from edu_base.models import Application, SchemeYear, State
from edu_base.models.states import ENDED, HOLDS
from edu_base.queries.ranking import LISTED

# What a chip of the list stands for.
SORTS: dict[str, tuple[State, ...]] = {
    "new": (State.SUBMITTED,),
    "asked": (State.MORE_ASKED,),
    "review": (State.ELIGIBLE, State.INTERVIEWED),
    "ranked": (State.RANKED, State.RESERVE),
    "placed": HOLDS,
    "ended": ENDED,
}


def applications(wanted: dict[str, Any], sort: str = "") -> QuerySet[Application]:
    """What fits the wishes of `ApplicationFilter`, the newest first; no drafts: they are the
    applicant's own."""
    rows = LISTED.select_related("intake").exclude(state=State.DRAFT)
    if sort in SORTS:
        rows = rows.filter(state__in=SORTS[sort])
    for name in ("state", "intake", "scheme", "year"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("household") == "missing":
        rows = rows.filter(dwelling=None, scheme="households")
    if wanted.get("household") == "stopped":
        rows = rows.filter(stopped_at__isnull=False)
    if wanted.get("q"):
        rows = rows.filter(_mentions(wanted["q"]))
    return rows.order_by("-pk")


def _mentions(words: str) -> Q:
    """By number, by name as it is spelt, or by how its pinyin begins."""
    letters = letters_of(words)
    if letters.isdecimal():
        return Q(pk=int(letters)) if len(letters) < 10 else Q(pk__in=[])
    if letters.isascii():
        syllables = Q(person__sort_key__startswith=letters)
        return syllables | Q(person__name_key__holds=words)
    return Q(person__name_key__holds=words)


def numbers_by_sort() -> dict[str, int]:
    """How many stand behind each chip."""
    rows = Application.objects.order_by().values("state").annotate(number=Count("*"))
    counts = dict(rows.values_list("state", "number"))
    return {sort: sum(counts.get(one, 0) for one in states) for sort, states in SORTS.items()}


def years() -> list[int]:
    rows = SchemeYear.objects.order_by("-year").values_list("year", flat=True)
    return list(dict.fromkeys(rows))
