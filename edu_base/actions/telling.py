"""What an applicant and the guardian hear of an application."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Resident
from edu_base.messages import APPLICATION
from edu_base.models import Application
from edu_base.queries.applications import hearers


def tell(
    *,
    kind: Kind,
    application: Application,
    now: datetime,
    to: Iterable[Resident] | None = None,
    revision: int | str = "",
    **facts: Any,
) -> int:
    """Once for each step, or each `revision`: to the applicant, and to the guardian as long as they
    act, or to those in `to`. It names whom it is about and whom it is for (`whom`), because a
    family may share a phone. How many messages are new."""
    if application.person is None:
        return 0
    about = {
        "application": application.pk,
        "name": application.person.full_name,
        "title_zh": application.intake.title_zh,
        "title_en": application.intake.title_en,
        **facts,
    }
    return sum(
        notify(
            kind=kind,
            recipients=[one.pk],
            subject=APPLICATION.of(application.pk),
            revision=revision or application.last_step,
            data=about | {"whom": one.full_name},
            now=now,
        )
        for one in (hearers(application, local_day(now)) if to is None else to)
    )
