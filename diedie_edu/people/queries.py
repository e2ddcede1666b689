"""Reads of people that more than one door needs."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.people.imports.kinds import ListKind
from diedie_edu.people.models import Consent, ConsentText, ImportJob, Resident, Volunteer
from diedie_edu.people.rules import last_birth_date_of_grown

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
    latest = last_birth_date_of_grown(today)
    return Q(**{f"{path}birth_date": None}) | Q(**{f"{path}birth_date__lte": latest})


def imports_seen_by(user: User, kinds: Iterable[ListKind]) -> QuerySet[ImportJob]:
    """Imports of these kinds, the last first, without the files that some of them still hold.

    Whoever does not move people's data sees their own: lists hold people of other programmes.
    """
    rows = ImportJob.objects.filter(kind__in=[kind.slug for kind in kinds])
    if not user.may(Permission.MOVE_PEOPLE):
        rows = rows.filter(uploaded_by=user)
    return rows.select_related("uploaded_by").defer("content")


def consent_text_in_force(programme: str, now: datetime) -> ConsentText | None:
    """The newest text of a programme (its slug) that holds by now."""
    return ConsentText.objects.filter(programme=programme, in_force_from__lte=now).first()


def live_consents(child: Resident, today: date) -> QuerySet[Consent]:
    """What lets the child's data be kept today."""
    return Consent.objects.filter(child=child, ended_at=None, valid_until__gte=today)


def children_of(user: User) -> QuerySet[Resident]:
    """Everybody an account is the guardian of, locked ones too."""
    return Resident.objects.filter(guardians__guardian__account=user).order_by("birth_date", "pk")
