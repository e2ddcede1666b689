"""Children who are missing, and whose guardians no message has reached."""

from collections.abc import Iterable
from datetime import datetime

from after_school import messages
from after_school.models import Session
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.days import moment
from diedie_edu.notices.queries.calls import unheard_alarms
from diedie_edu.people.models import Resident


def guardians_not_reached(
    children: Iterable[Resident], session: Session, now: datetime
) -> set[int]:
    """The ids of those of whose absence no guardian has heard, by message or telephone."""
    subjects = {messages.CHILD.of(child.pk): child.pk for child in children}
    if not subjects:
        return set()
    told = unheard_alarms({EVERYWHERE}, now).filter(
        kind=messages.MISSING.code,
        subject__in=subjects,
        created_at__gte=moment(session.day),
    )
    return {subjects[subject] for subject in told.values_list("subject", flat=True)}
