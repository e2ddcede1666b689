"""异议: taken while the names stand in public, decided before anything goes on.

Lock order: as in `steps`, then the objection.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import notify
from diedie_edu.notices.phones import notify_phone
from diedie_edu.people.models import Resident
from edu_base import place_messages as messages
from edu_base.actions.announcing import turn_down
from edu_base.actions.places import lock_year
from edu_base.actions.steps import lock_application
from edu_base.models import Application, Objection, State
from edu_base.models.schemes import PROGRAMME
from edu_base.queries import announcing as queries
from edu_base.queries.concerned import is_concerned
from edu_base.rules import announcing as rules
from edu_base.rules.review import check_not_concerned

FROM_ADDRESS = Throttle("objection", "OBJECTIONS_PER_HOUR")
Way = Objection.Way


@dataclass(frozen=True)
class Told:
    """What an objector says of somebody in public."""

    application: Application
    objector: str
    words: str
    phone: str = ""


@transaction.atomic
def object_online(
    *, told: Told, sheet: UUID, address: str, language: str, now: datetime
) -> Objection:
    """By the form on the portal; the same `sheet` comes in once. Of the network `address` nothing
    but a hash is kept for some hours.

    Raises `Refused` (`no_name`, `no_words`, `too_many`, `not_in_public`).
    """
    if sent := Objection.objects.filter(sheet=sheet).first():
        return sent
    rules.check_not_too_many(FROM_ADDRESS.is_used_up(address, now))
    FROM_ADDRESS.count(address, now)
    more = {"way": Way.FORM, "language": language, "received_on": local_day(now)}
    return _enter(told, sheet, now, **more)


@transaction.atomic
def enter(
    *,
    told: Told,
    way: Objection.Way,
    received_on: date,
    sheet: UUID,
    language: str,
    by: User,
    now: datetime,
) -> Objection:
    """One that came on paper or by telephone, by its day. Raises `Refused` as `object_online`."""
    if sent := Objection.objects.filter(sheet=sheet).first():
        return sent
    more = {"way": way, "language": language, "received_on": received_on, "made_by": by}
    return _enter(told, sheet, now, **more)


def _enter(told: Told, sheet: UUID, now: datetime, **more: object) -> Objection:
    rules.check_objection(told.objector, told.words)
    locked = lock_application(told.application.pk)
    received_on = more["received_on"]
    assert isinstance(received_on, date)
    rules.check_may_object(locked.listing.announcement, locked.state, received_on)
    made, is_new = Objection.objects.get_or_create(
        sheet=sheet, defaults=vars(told) | {"application": locked, "made_at": now} | more
    )
    if is_new:
        _notify_staff(made, now)
    return made


def _notify_staff(objection: Objection, now: datetime) -> None:
    """Whoever keeps applications, and may decide on this one."""
    case = objection.application
    family = Resident.objects.filter(pk__in=[case.person_id, case.guardian_id])
    may = accounts_with(Permission.KEEP_APPLICANTS, PROGRAMME)
    others = may.exclude(pk__in=family.exclude(account=None).values("account"))
    notify(
        kind=messages.OBJECTION_ARRIVED,
        accounts=list(others.values_list("pk", flat=True)),
        subject=messages.OBJECTION.of(objection.pk),
        data=_facts(objection),
        now=now,
    )


@transaction.atomic
def decide(*, objection: Objection, upheld: bool, answer: str, by: User, now: datetime) -> None:
    """By somebody who did not review the case. Upheld: the application ends, its place is free.
    Whoever left a phone hears that there is a decision; the number is gone with it.

    Raises `Refused` (`decided`, `reviewed`, `concerned`, `no_answer`, and as `steps.move`).
    """
    lock_year(objection.application)
    case = lock_application(objection.application_id)
    locked = Objection.objects.select_for_update().get(pk=objection.pk)
    rules.check_is_open(locked)
    check_not_concerned(is_concerned(by, case))
    rules.check_did_not_review(queries.has_reviewed(by, case))
    rules.check_answer(answer)
    _tell_objector(locked, now)
    locked.upheld, locked.answer, locked.phone = upheld, answer, ""
    locked.decided_by, locked.decided_at = by, now
    locked.save(update_fields=["upheld", "answer", "phone", "decided_by", "decided_at"])
    if upheld and case.is_live:
        turn_down(application=case, at=State.ANNOUNCED, reason=answer, by=by, now=now)


def _tell_objector(objection: Objection, now: datetime) -> None:
    if objection.phone:
        notify_phone(
            kind=messages.OBJECTION_DECIDED,
            phone=objection.phone,
            language=objection.language,
            subject=messages.OBJECTION.of(objection.pk),
            data=_facts(objection),
            now=now,
        )


def forget_objections(now: datetime) -> int:
    """OBJECTION_KEEP_DAYS after the decision the objector and the words go; no messages. Every tick
    may call it."""
    kept_from = now - timedelta(days=settings.OBJECTION_KEEP_DAYS)
    decided = Objection.objects.filter(decided_at__lt=kept_from).exclude(objector="")
    decided.update(objector="", words="")
    return 0


def forget_person(resident: Resident, now: datetime) -> None:
    """What others said against them goes with them."""
    said = Objection.objects.filter(application__person=resident)
    said.update(objector="", phone="", words="")


def _facts(objection: Objection) -> dict[str, object]:
    intake = objection.application.intake
    return {
        "objection": objection.pk,
        "title_zh": intake.title_zh,
        "title_en": intake.title_en,
    }
