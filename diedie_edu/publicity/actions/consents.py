"""Permissions to be shown in pictures: recorded, withdrawn, forgotten."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.actions.consents import lock_child_row
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.publicity.actions import pictures
from diedie_edu.publicity.models import PersonInPicture, Picture, PictureConsent
from diedie_edu.publicity.rules import pictures as rules


@transaction.atomic
def give(
    *,
    person: Resident,
    guardian: Resident | None,
    given_on: date,
    paper_reference: str,
    by: User,
    now: datetime,
) -> PictureConsent:
    """Record what somebody signed, for a child its guardian; there is one at a time, and an older
    one of the same person ends.

    Raises `Refused` (`guardian_first`, `not_a_guardian`, `ahead`).
    """
    today, locked = local_day(now), lock_child_row(person.pk)
    bonds = Guardianship.objects.filter(child=locked, guardian=guardian)
    rules.check_who_agrees(locked, guardian, guardian is not None and bonds.exists(), today)
    rules.check_day(given_on, today)
    older = PictureConsent.objects.filter(person=locked, withdrawn_at=None)
    older.update(withdrawn_at=now, withdrawn_by=by)
    made = PictureConsent.objects.create(
        person=locked,
        guardian=guardian,
        given_on=given_on,
        paper_reference=paper_reference,
        recorded_at=now,
        recorded_by=by,
    )
    _touch(locked, now)
    return made


@transaction.atomic
def withdraw(*, consent: PictureConsent, by: User | None, now: datetime) -> None:
    """From now on no picture with this person is shown anywhere. Raises `Refused` (`withdrawn`)."""
    locked = PictureConsent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    rules.check_is_live(locked)
    locked.withdrawn_at, locked.withdrawn_by = max(now, locked.recorded_at), by
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _touch(locked.person, now)


def _touch(person: Resident, now: datetime) -> None:
    shown = PersonInPicture.objects.filter(person=person).values_list("picture", flat=True)
    pictures.touch_posts(list(shown), now)


def forget_person(person: Resident, now: datetime) -> None:
    """Of somebody who is erased no picture stays (PIPL art. 47)."""
    live = PictureConsent.objects.filter(person=person, withdrawn_at=None)
    live.update(withdrawn_at=now)
    for picture in Picture.objects.filter(shown__person=person).select_related("file", "card"):
        pictures.remove(picture=picture, now=now)


def child_locked(child: Resident, by: User | None, now: datetime) -> None:
    """A child whose data nobody may use any more is shown nowhere; feeds hear of it at once."""
    _touch(child, now)
