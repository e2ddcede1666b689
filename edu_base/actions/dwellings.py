"""户: which household an applicant is of, as staff saw it on a paper.

Lock order: the application → households by their numbers → the rest.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.characters import plain
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.errors import constraint_of
from diedie_edu.common.resealing import Rehashed
from diedie_edu.common.typed import means_nothing
from edu_base.actions.steps import lock_application
from edu_base.models import Application, Dwelling, DwellingAnswer
from edu_base.queries import dwellings as queries
from edu_base.queries.concerned import is_concerned
from edu_base.rules import review as rules

SIGNS = re.compile(r"[\s\-—–_·.,，。、:：/()（）#]+")


@dataclass(frozen=True)
class Seen:
    """A paper as staff saw it."""

    proof: str
    number: str
    address: str = ""


@dataclass(frozen=True)
class Found:
    """What staff say where questions came up: `same_as` is the household that it is, None where it
    is one of its own; why."""

    same_as: Dwelling | None = None
    reason: str = ""


def key_of(number: str) -> str:
    """What two ways to write the number of one paper have in common, also where somebody ticked
    another kind of paper."""
    return keyed_hash(_plain(number), "dwelling")


def address_key_of(address: str) -> str:
    """The same for an address; one that says nothing has none."""
    return "" if means_nothing(address) else keyed_hash(_plain(address), "address")


def _address_key(row: Dwelling) -> str | None:
    return address_key_of(row.address) if row.address else None


NUMBER_KEY = Rehashed("edu_base.Dwelling", "number_key", lambda row: key_of(row.number))
ADDRESS_KEY = Rehashed("edu_base.Dwelling", "address_key", _address_key)


def _plain(text: str) -> str:
    return SIGNS.sub("", plain(text).casefold())


def questions(application: Application, seen: Seen) -> list[queries.Question]:
    """What is to be answered before this paper is taken for the applicant's household."""
    key, address_key = key_of(seen.number), address_key_of(seen.address)
    known = Dwelling.objects.filter(proof=seen.proof, number_key=key).first()
    own = (known.same_as_id or known.pk) if known else None
    return queries.questions(application, own, key, address_key)


@transaction.atomic
def confirm(
    *,
    application: Application,
    seen: Seen,
    found: Found | None = None,
    by: User,
    now: datetime,
) -> Dwelling:
    """Write down the household of an application. Where it could be one with another that is
    known (`queries.dwellings.questions`), staff say which (`found`).

    Raises `Refused` (`concerned`, `holds`, `ended`, `unanswered`, `no_number`), and as `merge`.
    """
    found = found or Found()
    locked = lock_application(application.pk)
    rules.check_not_concerned(is_concerned(by, locked))
    rules.check_household_may_change(locked)
    asked = questions(locked, seen)
    rules.check_answered(asked, found.reason)
    dwelling = known(seen, by, now)
    if found.same_as is not None:
        dwelling = merge(gone=dwelling, kept=found.same_as, reason=found.reason, by=by, now=now)
    else:
        _keep_apart(dwelling, [row.dwelling for row in asked], found.reason, by, now)
    before, locked.dwelling = locked.dwelling, dwelling
    locked.dwelling_seen_by, locked.dwelling_seen_at = by, now
    locked.save(update_fields=["dwelling", "dwelling_seen_by", "dwelling_seen_at"])
    drop_unused(before)
    return dwelling


def drop_unused(dwelling: Dwelling | None) -> None:
    """PIPL art. 19: a household under which nobody stands any more is not kept; another paper of
    one that is known stays with it."""
    if dwelling is not None:
        Dwelling.objects.filter(pk=dwelling.pk, same_as=None, applications=None).delete()


def known(seen: Seen, by: User, now: datetime) -> Dwelling:
    """The household of a paper, entered where it is new; its address is the one seen last. Raises
    `Refused` (`no_number`)."""
    rules.check_has_number("" if means_nothing(seen.number) else _plain(seen.number))
    row, is_new = Dwelling.objects.get_or_create(
        proof=seen.proof,
        number_key=key_of(seen.number),
        defaults={
            "number": seen.number.strip(),
            "address": seen.address.strip(),
            "address_key": address_key_of(seen.address),
            "made_by": by,
            "made_at": now,
        },
    )
    if not is_new and seen.address.strip():
        row.address, row.address_key = seen.address.strip(), address_key_of(seen.address)
        row.save(update_fields=["address", "address_key"])
    return row.same_as or row


def _keep_apart(
    dwelling: Dwelling, others: list[Dwelling], reason: str, by: User, now: datetime
) -> None:
    DwellingAnswer.objects.bulk_create(
        DwellingAnswer(one=dwelling, other=other, is_one=False, reason=reason, by=by, at=now)
        for other in others
    )


@transaction.atomic
def merge(*, gone: Dwelling, kept: Dwelling, reason: str, by: User, now: datetime) -> Dwelling:
    """Two papers are of one household: its applicants stand under `kept`.

    Raises `Refused` (`two_students`) where both have a student, and nothing changes then.
    """
    numbers = sorted({gone.pk, kept.pk})
    held = Dwelling.objects.select_for_update().order_by("pk").in_bulk(numbers)
    kept = held[kept.pk].same_as or held[kept.pk]
    if gone.pk == kept.pk:
        return kept
    _move(gone, kept)
    Dwelling.objects.filter(same_as=gone).update(same_as=kept)
    Dwelling.objects.filter(pk=gone.pk).update(same_as=kept)
    DwellingAnswer.objects.create(one=gone, other=kept, is_one=True, reason=reason, by=by, at=now)
    return kept


def _move(gone: Dwelling, kept: Dwelling) -> None:
    try:
        with transaction.atomic():
            Application.objects.filter(dwelling=gone).update(dwelling=kept)
    except IntegrityError as error:
        if constraint_of(error) == "one_student_of_a_household":
            raise rules.two_students() from error
        raise
