"""When and where applicants are seen."""

from datetime import datetime
from typing import Any

from django.db import transaction

from diedie_edu.accounts.models import User
from edu_base import review_messages as messages
from edu_base.actions.steps import lock_application
from edu_base.actions.telling import tell
from edu_base.models import Application, Interview
from edu_base.queries.concerned import is_concerned
from edu_base.rules import review as rules


@transaction.atomic
def set_interview(
    *, application: Application, starts_at: datetime, place: str, by: User, now: datetime
) -> Interview:
    """Set or change it; applicant and guardian hear, the same only once.

    Raises `Refused` (`concerned`, `not_now`).
    """
    locked = lock_application(application.pk)
    rules.check_not_concerned(is_concerned(by, locked))
    rules.check_can_be_seen(locked)
    about: dict[str, Any] = {"starts_at": starts_at, "place": place.strip()}
    before = Interview.objects.filter(application=locked, **about).first()
    if before is not None:
        return before
    row, _is_new = Interview.objects.update_or_create(
        application=locked, defaults={**about, "by": by, "at": now}
    )
    tell(kind=messages.INTERVIEW, application=locked, now=now, revision=f"{now:%s%f}", **about)
    return row
