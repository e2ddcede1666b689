"""Reads of people that more than one door needs."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Exists,
    ForeignKey,
    Model,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import RawSQL

from diedie_edu.accounts.models import User
from diedie_edu.common.composed import Composed
from diedie_edu.people.models import Consent, ConsentText, ErasureRequest, Resident, Volunteer
from diedie_edu.people.rules import residents

# Written out, because nearly every page asks for it, and composing it costs more than running it;
# of an account there is one person, which is planned sooner than a join.
FAMILY_IDS = """
SELECT id FROM people_resident WHERE account_id = %s
UNION ALL
SELECT id FROM people_resident WHERE account_id IS NULL AND departed_on IS NULL
  AND household_id = (SELECT household_id FROM people_resident WHERE account_id = %s)
"""


def family_ids(account: int) -> RawSQL:
    """Ids of those an account (its id) may act for, as a condition of a statement: its own person,
    and those of the household without an account.

    A grown-up with an account of their own acts for themselves.
    """
    return RawSQL(FAMILY_IDS, [account, account])  # nosec B611 (a constant and its parameters)


# Beside the family, the children one is the guardian of: their messages are for their guardians.
WARD_IDS = """
SELECT child_id FROM people_guardianship
WHERE guardian_id = (SELECT id FROM people_resident WHERE account_id = %s)
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
    return sorted(FAMILY.rows(account=user.pk), key=lambda member: member.account_id is None)


FAMILY = Composed[Resident](
    lambda account: Resident.objects.filter(pk__in=family_ids(account)), account=int
)
OWN = Composed[Resident](lambda account: Resident.objects.filter(account=account), account=int)


def person_of(user: User) -> Resident | None:
    """Whose account it is; nobody where staff have none of their own."""
    return OWN.first(account=user.pk)


def family_member(user: User, wanted: str) -> Resident | None:
    """The one of the family with the id `wanted`, oneself where it is empty.

    Most people act for themselves, and the others are then not read.
    """
    own = person_of(user)
    if own is None or wanted in ("", str(own.pk)):
        return own
    return next((row for row in family_of(user) if str(row.pk) == wanted), None)


def residents_to_list(today: date) -> QuerySet[Resident]:
    """Everybody who is no child, for a list that leaves the portal."""
    return Resident.objects.filter(is_grown(today)).select_related("household")


def volunteers_to_list(today: date) -> QuerySet[Volunteer]:
    """Every volunteer with the ids of their topics, for a list that leaves the portal."""
    grown = Volunteer.objects.filter(is_grown(today, "resident__"), resident__erased_at=None)
    return grown.select_related("resident").prefetch_related("skills")


def is_grown(today: date, path: str = "") -> Q:
    """PIPL art. 31, as `rules.is_child` has it."""
    return was_born_by(residents.last_birth_date_of_grown(today), path)


def was_born_by(latest: date, path: str = "") -> Q:
    """On this day or before, or nobody knows when."""
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


# --- Who asks to be erased -------------------------------------------------------------


def open_erasures() -> QuerySet[ErasureRequest]:
    """What is due first on top."""
    rows = ErasureRequest.objects.filter(ended_at=None)
    return rows.select_related("resident", "account").order_by("due_on", "pk")


def open_erasure(resident: Resident | None, account: User | None) -> ErasureRequest | None:
    about = Q(pk__in=[])
    if resident is not None:
        about |= Q(resident=resident)
    if account is not None:
        about |= Q(account=account)
    return open_erasures().filter(about).first()


def is_alone_with(child: Resident, guardian: Resident, today: date) -> bool:
    """Whether nobody else answers for somebody under 14."""
    others = child.guardians.exclude(guardian=guardian)
    return residents.is_child(child.birth_date, today) and not others.exists()


def is_held_by_another(child: Resident, guardian: Resident, today: date) -> bool:
    is_grown_up = not residents.is_child(child.birth_date, today)
    return is_grown_up or live_consents(child, today).exclude(guardian=guardian).exists()


def who_goes_along(request: ErasureRequest, today: date) -> list[str]:
    """Names of the children who would be erased too."""
    guardian = request.resident
    if guardian is None or request.scope != ErasureRequest.Scope.ALL:
        return []
    bonds = guardian.wards.select_related("child")
    return [row.child.full_name for row in bonds if is_alone_with(row.child, guardian, today)]
