"""A volunteer cannot come, or serves no more: duties are freed, others are looked for, staff hear.

Lock order: activities (by id) → occasions (by id) → duties → the volunteer → notices.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.activities.messages import occasion_data
from diedie_edu.activities.models import Activity
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.people.rules.erasures import Matter
from diedie_edu.volunteering import messages
from diedie_edu.volunteering.actions.duties import lock_places, release_duty
from diedie_edu.volunteering.actions.roster import free_slot
from diedie_edu.volunteering.models import Certificate, Duty
from diedie_edu.volunteering.rosters import has_roster, look_for_another
from diedie_edu.volunteering.rules import check_not_begun


@transaction.atomic
def cannot_come(*, duty: Duty, word: str, by: User | None, now: datetime) -> int:
    """Whoever is down for a duty outside a roster gives it back; whoever plans there hears, and
    others are asked (how many). Twice is harmless.

    Raises `Refused` once it has begun (`begun`), or is served (`served`).
    """
    lock_activities(Duty.objects.filter(pk=duty.pk))
    found = Duty.objects.select_related(
        "occasion__activity__programme", "occasion__venue", "volunteer__resident"
    )
    held = found.filter(pk=duty.pk, volunteer=duty.volunteer_id).first()
    if held is None or held.volunteer is None:
        return 0
    check_not_begun(held, now)
    release_duty(duty=held, by=by, now=now)
    cancel(subject=messages.DUTY.of(duty.pk), now=now)
    asked = look_for_another(held, held.volunteer, word, now)
    _tell_planners(held, held.volunteer, word, asked, now)
    return asked


def lock_activities(duties: QuerySet[Duty]) -> None:
    """Nobody plans or fills them until this transaction ends."""
    rows = Activity.objects.filter(occasions__duties__in=duties).distinct().order_by("pk")
    numbers = list(rows.values_list("pk", flat=True))
    list(Activity.objects.filter(pk__in=numbers).order_by("pk").select_for_update(of=("self",)))


def _tell_planners(duty: Duty, gone: Volunteer, word: str, asked: int, now: datetime) -> None:
    occasion = duty.occasion
    if occasion.is_called_off:
        return
    programme = occasion.activity.programme.slug
    planners = accounts_with(Permission.PLAN_ACTIVITIES, programme)
    notify(
        kind=messages.CANNOT_COME,
        accounts=list(planners.values_list("pk", flat=True)),
        subject=messages.DUTY.of(duty.pk),
        revision=f"{gone.pk}.gone",
        data=occasion_data(occasion, person=str(gone), word=word, asked=str(asked)),
        now=now,
        expires_at=occasion.ends_at,
    )


# --- Leaving for good ------------------------------------------------------------------


def hold_all(volunteer: Volunteer) -> None:
    """Before the volunteer's own row is held: where they are on duty from now on."""
    ahead = Duty.objects.filter(volunteer=volunteer, served_minutes=None)
    lock_activities(ahead)
    lock_places(ahead.values_list("occasion", flat=True))


def free_all(volunteer: Volunteer, by: User | None, now: datetime) -> None:
    """Free every duty that has not begun. One message says so: to the volunteer where staff did it,
    to those who keep the register where it was their own wish."""
    ahead = Duty.objects.filter(volunteer=volunteer, starts_at__gt=now, signed_in_at=None)
    number = 0
    for duty in ahead.select_related("occasion__activity__programme").order_by("occasion_id", "pk"):
        number += 1
        if has_roster(duty.occasion):
            free_slot(duty=duty, by=None, now=now)
        else:
            cannot_come(duty=duty, word="", by=by, now=now)
    _say_who_left(volunteer, number, by, now)


def _say_who_left(volunteer: Volunteer, number: int, by: User | None, now: datetime) -> None:
    is_own = by is None or volunteer.resident.account_id == by.pk
    keepers = accounts_with(Permission.KEEP_PEOPLE).values_list("pk", flat=True)
    notify(
        kind=messages.LEFT if is_own else messages.SERVES_NO_MORE,
        recipients=[] if is_own else [volunteer.resident_id],
        accounts=list(keepers) if is_own else [],
        subject=f"volunteer:{volunteer.pk}",
        revision=f"{now:%Y%m%d%H%M%S}",
        data={"person": str(volunteer), "number": number},
        now=now,
    )


# --- Erasure ---------------------------------------------------------------------------


def forget_person(person: Resident, now: datetime) -> None:
    """What was served stays as hours without a name; what nobody confirmed as served does not."""
    unserved = Duty.objects.filter(
        volunteer__resident=person, signed_in_at=None, served_minutes=None
    )
    for duty in unserved.select_related("occasion__activity__programme"):
        if has_roster(duty.occasion):
            Duty.objects.filter(pk=duty.pk).update(volunteer=None, filled_at=None)
        else:
            duty.delete()


def matters(person: Resident, now: datetime) -> Iterator[Matter]:
    own = Duty.objects.filter(volunteer__resident=person, is_off=False)
    if own.filter(signed_in_at__isnull=False, signed_out_at=None, ends_at__gt=now).exists():
        yield Matter(_("On duty at this moment. It can be done when the duty is over."), stops=True)
    ahead = own.filter(starts_at__gt=now).count()
    if ahead:
        text = ngettext(
            "%(number)d duty is freed, and others are asked.",
            "%(number)d duties are freed, and others are asked.",
            ahead,
        )
        yield Matter(text % {"number": ahead})
    papers = Certificate.objects.filter(resident=person, revoked_at=None).count()
    if papers:
        text = ngettext(
            "%(number)d certificate can no longer be checked by its number.",
            "%(number)d certificates can no longer be checked by their numbers.",
            papers,
        )
        yield Matter(text % {"number": papers})
