"""Reads of people that more than one door needs."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.people.models import ImportJob, Resident, Volunteer
from diedie_edu.people.rules import last_birth_date_of_grown


def family_of(user: User) -> list[Resident]:
    """Whom an account may act for: itself first, then those of the household without an account.

    A grown-up with an account of their own acts for themselves.
    """
    return list(_family(user))


def family_member(user: User, wanted: str) -> Resident | None:
    """The one of the family with the id `wanted`, oneself where it is empty.

    Most people act for themselves, and the others are then not read.
    """
    return next((row for row in _family(user) if wanted in ("", str(row.pk))), None)


def _family(user: User) -> Iterator[Resident]:
    own = Resident.objects.filter(account=user).first()
    if own is None:
        return
    yield own
    if own.household_id is not None:
        yield from Resident.objects.filter(household=own.household_id, account=None)


def residents_to_list(today: date) -> QuerySet[Resident]:
    """Everybody who is no child, for a list that leaves the portal."""
    return Resident.objects.filter(_is_grown(today)).select_related("household")


def volunteers_to_list(today: date) -> QuerySet[Volunteer]:
    """Every volunteer with the ids of their topics, for a list that leaves the portal."""
    grown = Volunteer.objects.filter(_is_grown(today, "resident__"))
    return grown.select_related("resident").prefetch_related("skills")


def _is_grown(today: date, path: str = "") -> Q:
    """PIPL art. 31, as `rules.is_child` has it."""
    latest = last_birth_date_of_grown(today)
    return Q(**{f"{path}birth_date": None}) | Q(**{f"{path}birth_date__lte": latest})


def recent_imports() -> QuerySet[ImportJob]:
    """Imports, the last first, without the files that some of them still hold."""
    return ImportJob.objects.select_related("uploaded_by").defer("content", "faults", "preview")
