"""What an applicant and the guardian hear of an application."""

from datetime import datetime
from typing import Any

from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from edu_base.models import Application
from edu_base.place_messages import APPLICATION
from edu_base.rules.guardians import guardian_acts


def tell(
    *, kind: Kind, application: Application, now: datetime, revision: str = "", **facts: Any
) -> int:
    """Once for each step (or `revision`): to the applicant, and to the guardian as long as they
    act. It names whom it is about, because a family may share a phone. How many are new."""
    if application.person is None:
        return 0
    heard_by = [application.person.pk]
    if application.guardian_id and guardian_acts(application, local_day(now)):
        heard_by.append(application.guardian_id)
    return notify(
        kind=kind,
        recipients=heard_by,
        subject=APPLICATION.of(application.pk),
        revision=revision or application.last_step,
        data={
            "application": application.pk,
            "name": application.person.full_name,
            "title_zh": application.intake.title_zh,
            "title_en": application.intake.title_en,
            **facts,
        },
        now=now,
    )
