"""A complaint comes in without a name, becomes a finding, and has one answer.

Lock order: finding → complaint → notices.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.notices.actions import notify
from diedie_edu.notices.phones import notify_phone
from diedie_edu.venues.models import Venue
from happy_square import guidance_messages as messages
from happy_square.models import Complaint, Finding, Group, Leadership
from happy_square.models.groups import PROGRAMME
from happy_square.queries.guidance import leads_group
from happy_square.rules import complaints as rules
from happy_square.rules import guidance

FROM_ADDRESS = Throttle("complaint", "COMPLAINTS_PER_HOUR")


@dataclass(frozen=True)
class Told:
    """What a resident writes; the phone, where they left one, is for the answer alone."""

    about: str
    words: str
    group: Group | None = None
    venue: Venue | None = None
    phone: str = ""


@transaction.atomic
def complain(*, told: Told, sheet: UUID, address: str, language: str, now: datetime) -> Complaint:
    """Take in a complaint; whoever plans here reads that there is one, unless they lead the group.

    The same `sheet` comes in once; of the network `address` nothing but a hash is kept for some
    hours. Raises `Refused` (`nowhere`, `no_words`, `no_mobile`, `too_many`).
    """
    if sent := Complaint.objects.filter(sheet=sheet).first():
        return sent
    rules.check_complaint(told.group, told.venue, told.words, told.phone)
    rules.check_not_too_many(FROM_ADDRESS.is_used_up(address, now))
    FROM_ADDRESS.count(address, now)
    complaint, is_new = Complaint.objects.get_or_create(
        sheet=sheet,
        defaults={**vars(told), "language": language, "written_at": now},
    )
    if is_new:
        _notify_staff(complaint, now)
    return complaint


def _notify_staff(complaint: Complaint, now: datetime) -> None:
    leaders = Leadership.objects.filter(group=complaint.group_id, ended_at=None)
    may = accounts_with(Permission.PLAN_ACTIVITIES, PROGRAMME)
    others = may.exclude(pk__in=leaders.exclude(resident__account=None).values("resident__account"))
    notify(
        kind=messages.COMPLAINT_ARRIVED,
        accounts=list(others.values_list("pk", flat=True)),
        subject=messages.COMPLAINT.of(complaint.pk),
        data=_facts(complaint),
        now=now,
    )


@transaction.atomic
def join(*, complaint: Complaint, finding: Finding, by: User) -> None:
    """It is about what is to be put right already, or has just become a finding.

    Raises `Refused` (`settled`, `has_finding`, `elsewhere`, `own_group`).
    """
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    locked = locked_complaint(complaint)
    guidance.check_not_own(leads_group(by, locked.group_id))
    rules.check_has_no_finding(locked)
    rules.check_joins(locked, held)
    locked.finding = held
    locked.save(update_fields=["finding"])


@transaction.atomic
def settle(*, complaint: Complaint, result: str, answer: str = "", by: User, now: datetime) -> None:
    """Say what came of it. Whoever left a phone has a text message with the page that says so;
    the number is gone with it. Raises `Refused` (`settled`, `own_group`).
    """
    locked = locked_complaint(complaint)
    guidance.check_not_own(leads_group(by, locked.group_id))
    rules.check_is_open(locked)
    if locked.phone:
        notify_phone(
            kind=messages.COMPLAINT_SETTLED,
            phone=locked.phone,
            language=locked.language,
            subject=messages.COMPLAINT.of(locked.pk),
            data=_facts(locked),
            now=now,
        )
    locked.result, locked.answer, locked.phone = result, answer, ""
    locked.settled_at, locked.settled_by = now, by
    locked.save(update_fields=["result", "answer", "phone", "settled_at", "settled_by"])


def forget_complaints(now: datetime) -> int:
    """COMPLAINT_KEEP_DAYS after its answer a complaint goes, with all that was written; no
    messages. Every tick may call it."""
    kept_from = now - timedelta(days=settings.COMPLAINT_KEEP_DAYS)
    Complaint.objects.filter(settled_at__lt=kept_from).delete()
    return 0


def locked_complaint(complaint: Complaint) -> Complaint:
    """As it is now, until the transaction ends."""
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("group", "venue")
    return rows.get(pk=complaint.pk)


def _facts(complaint: Complaint) -> dict[str, object]:
    group, venue = complaint.group, complaint.venue
    return {
        "complaint": complaint.pk,
        "where_zh": group.title if group else venue.title_zh if venue else "",
        "where_en": group.title if group else venue.title_en if venue else "",
    }
