"""A name or a date of birth is put right."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.common.days import local_day
from diedie_edu.people.actions.consents import child_hash, lock_child_row
from diedie_edu.people.models import Consent, PersonCorrection, Resident
from diedie_edu.people.rules import corrections as rules


@transaction.atomic
def correct(
    *, resident: Resident, full_name: str, birth_date: date | None, now: datetime
) -> Resident:
    """Put them right; consents for a child answer to the new ones from now on.

    Raises `Refused` (`guardian_first`, `grown`, and those of `check_birth_date`).
    """
    locked = lock_child_row(resident.pk)
    rules.check_stays_what_it_is(locked.birth_date, birth_date, local_day(now))
    locked.full_name, locked.birth_date = full_name, birth_date
    locked.save()
    of_child = Consent.objects.filter(child=locked)
    of_child.update(child_hash=child_hash(full_name, birth_date))
    return locked


def note_paper(*, correction: PersonCorrection, paper: str) -> None:
    """Staff say which paper they saw. It is part of what is decided on."""
    PersonCorrection.objects.filter(pk=correction.pk).update(paper=paper)
