"""A guardian's consent for the 4:30 school: given by one who decides, withdrawn by whoever gave it.

Lock order: the child's row first.
"""

from datetime import datetime

from django.db import transaction

from after_school.actions.deciding import check_decides
from after_school.queries.children import guardians_who_decide
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, Resident
from diedie_edu.people.queries import live_consents


@transaction.atomic
def agree(
    *, child: Resident, guardian: Resident, agreement: consents.Agreement, by: User, now: datetime
) -> Consent:
    """A guardian who decides consents, anew or after it had ended; those who decide no more need
    not hold the child's data any longer.

    Raises `Refused` (`decides_not`, `barred`), and as `give_consent` does.
    """
    check_decides(child, guardian)
    given = consents.give_consent(
        child=child, guardian=guardian, agreement=agreement, by=by, now=now
    )
    end_consents_of_others(child, by, now)
    return given


@transaction.atomic
def withdraw(*, consent: Consent, ending: str, by: User, now: datetime) -> None:
    """Whoever gave it withdraws it (PIPL art. 15). Where this is a guardian who decides, no consent
    of one who does not keeps the child's data. Raises `Refused` where it has ended already."""
    child = consents.lock_child_row(consent.child_id)
    if consent.guardian_id in guardians_who_decide(child.pk):
        _end_of_others(child, by, now)
    consents.end_consent(consent=consent, ending=ending, by=by, now=now)


def end_consents_of_others(child: Resident, by: User, now: datetime) -> None:
    """What those gave who do not decide ends, once one who decides has consented; until then it
    holds, so that nothing is erased which nobody wanted erased."""
    deciding = guardians_who_decide(child.pk)
    if live_consents(child, local_day(now)).filter(
        guardian__in=deciding, text__programme=PROGRAMME
    ):
        _end_of_others(child, by, now)


def _end_of_others(child: Resident, by: User, now: datetime) -> None:
    deciding = guardians_who_decide(child.pk)
    others = Consent.objects.filter(child=child, ended_at=None, text__programme=PROGRAMME)
    for row in others.exclude(guardian__in=deciding).order_by("pk"):
        consents.end_consent(consent=row, ending=Consent.Ending.RIGHT_ENDED, by=by, now=now)
