"""Contact lists are given, visits noted by a tap, phones left and used once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import keyed_hash, keyed_hashes
from diedie_edu.common.days import local_day
from diedie_edu.common.resealing import Rehashed
from diedie_edu.notices.actions import notify
from diedie_edu.notices.phones import notify_phone
from diedie_edu.people.models import Resident
from edu_base import asking_messages as messages
from edu_base.models import ContactList, PhoneLeft, SchemeYear, Visit
from edu_base.queries import mobilising as queries
from edu_base.rules import mobilising as rules

FROM_ADDRESS = Throttle("phone left", "PHONES_LEFT_PER_HOUR")
PURPOSE = "edu_base.phone_left"


@transaction.atomic
def give_lists(
    *, year: SchemeYear, buildings: Sequence[str], to: User, by: User, now: datetime
) -> None:
    """These buildings are theirs now, whoever had them before; they hear of those that are new to
    them. Raises `Refused` (`not_ours`)."""
    is_volunteer = queries.volunteers().filter(resident__account=to).exists()
    rules.check_may_be_given(queries.keeps(to), is_volunteer)
    have = ContactList.objects.filter(scheme_year=year, given_to=to)
    new = sorted({*buildings} - {*have.values_list("building", flat=True)})
    for building in new:
        ContactList.objects.update_or_create(
            scheme_year=year,
            building=building,
            defaults={"given_to": to, "given_by": by, "given_at": now},
        )
    if new:
        notify(
            kind=messages.LISTS_GIVEN,
            accounts=[to.pk],
            subject=messages.LISTS.of(year.pk),
            revision=now.isoformat(),
            data={"number": len(new), "buildings": "、".join(filter(None, new)) or "–"},
            now=now,
        )


@transaction.atomic
def take_lists_back(*, year: SchemeYear, buildings: Sequence[str]) -> None:
    """Nobody has these any more; what was noted stays. Twice is harmless."""
    ContactList.objects.filter(scheme_year=year, building__in=buildings).delete()


@transaction.atomic
def note_visit(
    *, year: SchemeYear, person: Resident, outcome: str, seen: int, by: User, now: datetime
) -> Visit:
    """One tap at the end of a visit or a call. `seen` is the last visit (its number, or 0) that the
    page showed; the same tap sent twice is noted once. Raises `Refused` (`said_no`, `noted`).
    """
    Resident.objects.select_for_update().get(pk=person.pk)
    newest = queries.newest_visit(year, person)
    if newest and newest.pk > seen and (newest.by_id, newest.outcome) == (by.pk, outcome):
        return newest
    rules.check_may_be_asked(newest, seen, queries.said_no(person))
    return Visit.objects.create(scheme_year=year, person=person, outcome=outcome, at=now, by=by)


@transaction.atomic
def take_back(*, visit: Visit, by: User, now: datetime) -> None:
    """It was a slip of the finger, or somebody wants to be asked again: it counts no more. Raises
    `Refused` (`not_yours`, `taken_back`)."""
    Resident.rows.select_for_update().get(pk=visit.person_id)
    is_gone = visit.takes_back_id is not None or Visit.objects.filter(takes_back=visit).exists()
    rules.check_taken_back(visit, by.pk, queries.keeps(by), is_gone)
    Visit.objects.create(
        scheme_year=visit.scheme_year,
        person_id=visit.person_id,
        outcome=Visit.Outcome.TAKEN_BACK,
        takes_back=visit,
        at=now,
        by=by,
    )


# --- Phones of visitors ----------------------------------------------------------------


@transaction.atomic
def leave_phone(*, scheme: str, phone: str, address: str, language: str, now: datetime) -> None:
    """Keep a number until applications open; the same number twice is kept once. Of the network
    `address` nothing but a hash is kept for some hours. Raises `Refused` (`open`, `no_mobile`,
    `too_many`)."""
    rules.check_may_leave_phone(phone, queries.open_until(scheme, local_day(now)))
    rules.check_not_too_many(FROM_ADDRESS.is_used_up(address, now))
    FROM_ADDRESS.count(address, now)
    known = PhoneLeft.objects.filter(scheme=scheme, phone_key__in=keyed_hashes(phone, PURPOSE))
    if not known.exists():
        PhoneLeft.objects.get_or_create(
            scheme=scheme,
            phone_key=keyed_hash(phone, PURPOSE),
            defaults={"phone": phone, "language": language, "left_at": now},
        )


def tell_of_opening(now: datetime) -> int:
    """A planner: whoever left a number hears once that a class is open, and the number goes; so
    does one that nobody needed for PHONE_LEFT_KEEP_DAYS."""
    told = 0
    rows = PhoneLeft.objects.select_for_update(skip_locked=True)
    for scheme in queries.schemes_with_phones():
        until = queries.open_until(scheme, local_day(now))
        for row in rows.filter(scheme=scheme) if until else ():
            notify_phone(
                kind=messages.NOW_OPEN,
                phone=row.phone,
                language=row.language,
                subject=messages.PHONE.of(row.pk),
                data={"until_on": until},
                now=now,
            )
            row.delete()
            told += 1
    kept_from = now - timedelta(days=settings.PHONE_LEFT_KEEP_DAYS)
    PhoneLeft.objects.filter(left_at__lt=kept_from).delete()
    return told


PHONE_KEY = Rehashed("edu_base.PhoneLeft", "phone_key", lambda row: keyed_hash(row.phone, PURPOSE))
