"""Consent given, ended and forgotten. Lock order: the child's row first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import keyed_hashes
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.names import former_name_keys, name_key
from diedie_edu.common.phones import phone_key
from diedie_edu.common.resealing import Rehashed
from diedie_edu.people import queries
from diedie_edu.people.actions.residents import forget, note_custody
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import Consent, ConsentText, Guardianship, Resident
from diedie_edu.people.rules import consents, residents


@dataclass(frozen=True)
class Agreement:
    """What a guardian agreed to and how; a paper tells where it lies."""

    text: ConsentText
    way: str = Consent.Way.ONLINE
    paper_reference: str = ""


def child_hash(full_name: str, birth_date: date | None) -> str:
    """What stays of an erased child: equal for the same name (its key, whose version stays in
    front) and date of birth alone."""
    return child_hashes(full_name, birth_date)[0]


def child_hashes(full_name: str, birth_date: date | None) -> list[str]:
    """The same under the present key and the former ones, and of former versions of the name's key,
    for looking a row up."""
    return [
        f"{key.partition(':')[0]}:{one}"
        for key in (name_key(full_name), *former_name_keys(full_name))
        for one in keyed_hashes(f"{key} {birth_date}", "child")
    ]


def _child_hash(row: Consent) -> str | None:
    child = row.child
    return child_hash(child.full_name, child.birth_date) if child.full_name else None


CHILD_HASH = Rehashed("people.Consent", "child_hash", _child_hash)


@transaction.atomic
def add_child(
    *,
    full_name: str,
    birth_date: date,
    guardian: Resident,
    relation: str,
    agreement: Agreement,
    by: User,
    now: datetime,
) -> Resident:
    """Enter a child together with the guardian's consent: the only way for somebody under 14.

    Raises `Refused` as `check_birth_date` and `give_consent` do.
    """
    residents.check_birth_date(birth_date, local_day(now))
    child = Resident.objects.create(
        full_name=full_name, birth_date=birth_date, residency=guardian.residency
    )
    bond = Guardianship.objects.create(guardian=guardian, child=child, relation=relation)
    note_custody(bond, by=by, now=now)
    give_consent(child=child, guardian=guardian, agreement=agreement, by=by, now=now)
    return child


@transaction.atomic
def add_grown_up(*, full_name: str, phone: str) -> Resident:
    """The person whose paper staff type in, a guardian or a leader: somebody known by phone and
    name, or somebody new."""
    same = Resident.objects.filter(name_key=name_key(full_name))
    known = same.filter(phone_key=phone_key(phone), birth_date=None)
    by_account = same.filter(account__phone=phone)
    found = list(known.union(by_account)[:2])
    if len(found) == 1:
        return found[0]
    return Resident.objects.create(full_name=full_name, phone=phone)


@transaction.atomic
def give_consent(
    *, child: Resident, guardian: Resident, agreement: Agreement, by: User, now: datetime
) -> Consent:
    """Record a guardian's consent; it takes the place of the same guardian's older one for this
    programme, and opens a child that was locked.

    Raises `Refused` where the text is not the one in force (`other_text`), or the guardian is
    a child (`not_a_guardian`).
    """
    today, text = local_day(now), agreement.text
    consents.check_text_is_in_force(text, queries.consent_text_in_force(text.programme, now))
    if not consents.can_consent_for(guardian, lock_child_row(child.pk), today):
        raise Refused("not_a_guardian", _("Only a grown-up guardian can consent."))
    older = Consent.objects.filter(child=child, guardian=guardian, ended_at=None)
    older.filter(text__programme=text.programme).update(
        ended_at=now, ending=Consent.Ending.REPLACED, ended_by=by
    )
    child.erase_due_on = None
    child.save(update_fields=["erase_due_on"])
    return Consent.objects.create(
        child=child,
        child_hash=child_hash(child.full_name, child.birth_date),
        guardian=guardian,
        text=text,
        given_at=now,
        valid_until=today + timedelta(days=text.valid_days),
        way=agreement.way,
        paper_reference=agreement.paper_reference,
        recorded_by=by,
    )


@transaction.atomic
def end_consent(*, consent: Consent, ending: str, by: User | None, now: datetime) -> bool:
    """End a consent; whether it was the last one, so that the child is locked now.

    A locked child loses its places at once and is erased after the days that the text promised.
    Raises `Refused` where it has ended already.
    """
    child = lock_child_row(consent.child_id)
    consent = Consent.objects.select_related("text").get(pk=consent.pk)
    consents.check_may_end(consent)
    # The server's clock may have been set back since it was given.
    consent.ended_at, consent.ending, consent.ended_by = max(now, consent.given_at), ending, by
    consent.save(update_fields=["ended_at", "ending", "ended_by"])
    today = local_day(now)
    if queries.live_consents(child, today).exists():
        return False
    child.erase_due_on = consents.erase_on(consent, today)
    child.save(update_fields=["erase_due_on"])
    for app in parts_of(Endings):
        app.child_locked(child, by, now)
    return True


def ask_for_newer_texts(*, now: datetime) -> int:
    """Consents to an older text hold until the day up to which guardians are asked for the newer
    one, and no longer; how many were shortened."""
    shortened = 0
    for programme in ConsentText.objects.order_by().values_list("programme", flat=True).distinct():
        text = queries.consent_text_in_force(programme, now)
        last = text and consents.ends_for_a_newer(text, local_day(now))
        if text and last:
            older = Consent.objects.filter(text__programme=programme, ended_at=None)
            longer = older.filter(valid_until__gt=last).exclude(text=text)
            shortened += longer.update(valid_until=last)
    return shortened


def end_run_out_consents(*, now: datetime) -> int:
    """End what has run out, each in a transaction of its own; how many there were.

    For some days apps keep what the child holds (`Endings.kept_days`): it comes in without a
    consent nowhere, and a guardian who gives it again finds everything as it was.
    """
    today = local_day(now)
    kept = timedelta(days=max((app.kept_days() for app in parts_of(Endings)), default=0))
    run_out = Consent.objects.filter(ended_at=None, valid_until__lt=today, child__isnull=False)
    kept_by_another = run_out.filter(child=OuterRef("child"), valid_until__gte=today - kept)
    ended = list(run_out.filter(~Exists(kept_by_another)))
    for consent in ended:
        end_consent(consent=consent, ending=Consent.Ending.RAN_OUT, by=None, now=now)
    return len(ended)


def erase_due_children(*, now: datetime) -> int:
    """Erase every locked child whose day has come; how many there were."""
    due = Resident.objects.filter(erase_due_on__lte=local_day(now)).order_by("pk")
    return sum(_erase(number, now) for number in due.values_list("pk", flat=True))


def apply_retention(*, now: datetime) -> tuple[int, int]:
    """Shorten consents to older texts, end what has run out, then erase the children whose day has
    come; how many ended and were erased. A round that comes twice finds nothing left to do."""
    ask_for_newer_texts(now=now)
    return end_run_out_consents(now=now), erase_due_children(now=now)


@transaction.atomic
def _erase(number: int, now: datetime) -> bool:
    """What is left are its consents, with a hash in its place, and who looked at its record."""
    child = Resident.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if child is None or child.erase_due_on is None or child.erase_due_on > local_day(now):
        return False
    forget(child, now)
    return True


def enter_without_consent() -> None:
    """What the database refuses: a child for whom nobody has agreed. Of a number nobody has."""
    Resident.objects.create(pk=-1, full_name="某", birth_date=local_day(timezone.now()))


def lock_child_row(child: int) -> Resident:
    """A child's row (id), locked: nobody ends its consent until this transaction ends."""
    return Resident.objects.select_for_update(of=("self",), no_key=True).get(pk=child)
