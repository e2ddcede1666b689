"""Reads of people that more than one door needs."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, ForeignKey, Func, Model, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from diedie_edu.accounts.models import User
from diedie_edu.common.names import letters_of
from diedie_edu.people.models import Consent, ConsentText, Resident, Volunteer
from diedie_edu.people.rules import residents

FEWEST_DIGITS = 4
MOST_FOUND = 12

# Written out, because nearly every page asks for it, and composing it costs more than running it.
FAMILY_IDS = """
SELECT id FROM people_resident WHERE account_id = %s
UNION ALL
SELECT other.id FROM people_resident own
JOIN people_resident other ON other.household_id = own.household_id AND other.account_id IS NULL
WHERE own.account_id = %s
"""


def family_ids(user: User) -> RawSQL:
    """Ids of those an account may act for, as a condition of a statement: itself, and those of
    the household without an account.

    A grown-up with an account of their own acts for themselves.
    """
    return RawSQL(FAMILY_IDS, [user.pk, user.pk])  # nosec B611 (a constant and its parameters)


# Beside the family, the children one is the guardian of: their messages are for their guardians.
WARD_IDS = """
SELECT bond.child_id FROM people_resident own
JOIN people_guardianship bond ON bond.guardian_id = own.id
WHERE own.account_id = %s
"""
READERS_IDS = "UNION ALL".join([FAMILY_IDS, WARD_IDS])


def ids_read_by(user: User) -> RawSQL:
    """Ids of those whose messages an account reads, as a condition of a statement."""
    return RawSQL(READERS_IDS, [user.pk] * 3)  # nosec B611 (a constant and its parameters)


def has_reader(path: str) -> Q:
    """Whether an account that may sign in reads the messages of the resident at `path` of a row:
    the other way round, what `ids_read_by` says."""
    one = Resident.objects.filter(pk=OuterRef(path))
    return (
        Q(Exists(one.filter(account__is_active=True)))
        | Q(Exists(one.filter(guardians__guardian__account__is_active=True)))
        | Q(Exists(one.filter(account=None, household__members__account__is_active=True)))
    )


def family_of(user: User) -> list[Resident]:
    """The people of `family_ids`, oneself first."""
    family = Resident.objects.filter(pk__in=family_ids(user))
    return sorted(family, key=lambda member: member.account_id is None)


def family_member(user: User, wanted: str) -> Resident | None:
    """The one of the family with the id `wanted`, oneself where it is empty.

    Most people act for themselves, and the others are then not read.
    """
    own = next(iter(Resident.objects.filter(account=user)), None)
    if own is None or wanted in ("", str(own.pk)):
        return own
    return next((row for row in family_of(user) if str(row.pk) == wanted), None)


def residents_to_list(today: date) -> QuerySet[Resident]:
    """Everybody who is no child, for a list that leaves the portal."""
    return Resident.objects.filter(is_grown(today)).select_related("household")


def volunteers_to_list(today: date) -> QuerySet[Volunteer]:
    """Every volunteer with the ids of their topics, for a list that leaves the portal."""
    grown = Volunteer.objects.filter(is_grown(today, "resident__"))
    return grown.select_related("resident").prefetch_related("skills")


def is_grown(today: date, path: str = "") -> Q:
    """PIPL art. 31, as `rules.is_child` has it."""
    latest = residents.last_birth_date_of_grown(today)
    return Q(**{f"{path}birth_date": None}) | Q(**{f"{path}birth_date__lte": latest})


def without_children(rows: QuerySet[Any], by_number: Collection[str], today: date) -> QuerySet[Any]:
    """Rows of any model that are about no child; of keys in `by_number` no name is shown."""
    for path in _paths_to_people(rows.model):
        if path.partition("__")[0] not in by_number:
            rows = rows.filter(is_grown(today, path))
    return rows


def _paths_to_people(model: type[Model], steps: int = 2) -> Iterator[str]:
    """From a row to the people that it is about, over at most so many keys."""
    if model is Resident:
        yield ""
    for key in model._meta.concrete_fields if steps else ():
        if isinstance(key, ForeignKey):
            for rest in _paths_to_people(key.related_model, steps - 1):
                yield f"{key.name}__{rest}"


def consent_text_in_force(programme: str, now: datetime) -> ConsentText | None:
    """The newest text of a programme (its slug) that holds by now."""
    return ConsentText.objects.filter(programme=programme, in_force_from__lte=now).first()


def live_consents(child: Resident, today: date) -> QuerySet[Consent]:
    """What lets the child's data be kept today."""
    return Consent.objects.filter(child=child, ended_at=None, valid_until__gte=today)


def children_of(user: User) -> QuerySet[Resident]:
    """Everybody an account is the guardian of, locked ones too."""
    return Resident.objects.filter(guardians__guardian__account=user).order_by("birth_date", "pk")


# --- Finding people --------------------------------------------------------------------


def residents_like(text: str) -> Sequence[Resident]:
    """Residents whose name (by its key) holds `text`, whose pinyin or its initials begin with it,
    or whose phone ends in it: "建城", "chenjian", "cjc", "5678"."""
    wanted = letters_of(text)
    found = Resident.objects.select_related("household", "account").order_by("sort_key", "pk")
    if wanted.isdecimal():
        return list(found.filter(_phone_ends(wanted))[:MOST_FOUND]) if _is_enough(wanted) else []
    if wanted.isascii():
        found = found.annotate(pinyin=_letters(r"[^a-z]", ""), initials=_initials())
        like = Q(pinyin__startswith=wanted) | Q(initials__startswith=wanted)
        return list(found.filter(like | Q(name_key__holds=text))[:MOST_FOUND])
    return list(found.filter(name_key__holds=text)[:MOST_FOUND])


def _is_enough(digits: str) -> bool:
    return len(digits) >= FEWEST_DIGITS


def _phone_ends(digits: str) -> Q:
    return (
        Q(phone_key__endswith=digits)
        | Q(account__phone__endswith=digits)
        | Q(phone="", account=None, household__phone__endswith=digits)
    )


def _initials() -> Func:
    """ "chen2陈 jian4建 cheng2城" → "cjc"."""
    return _letters(r"([a-z])[a-z:]*[1-5]?[^a-z]*", r"\1")


def _letters(pattern: str, by: str) -> Func:
    return Func(F("sort_key"), Value(pattern), Value(by), Value("g"), function="REGEXP_REPLACE")
