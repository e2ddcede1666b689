"""The log of what was done to a person's record."""

from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.people.models import PersonEvent, Resident


def note(
    *, resident: Resident, kind: PersonEvent.Kind, by: User | None, now: datetime, reason: str = ""
) -> PersonEvent:
    """Write down what `by` did to this record, in the transaction that does it."""
    return PersonEvent.objects.create(resident=resident, kind=kind, reason=reason, by=by, at=now)


def forget_reasons(resident: Resident, now: datetime) -> None:
    """Of whoever is erased the log keeps what was done and when; a reason may name them."""
    numbers = Resident.objects.numbers_of([resident])[resident.pk]
    PersonEvent.objects.filter(resident__in=numbers).update(reason="")
