"""Until when a guardian stands beside an applicant."""

from datetime import date

from edu_base.models.applications import Application
from edu_base.rules.ages import is_minor


def guardian_acts(application: Application, today: date) -> bool:
    """Civil Code art. 18, 19: until the 18th birthday itself, or on where the student wants it.

    Whoever has no date of birth counts as of age."""
    if application.guardian_id is None or application.person is None:
        return False
    return application.guardian_stays or is_minor(application.person.birth_date, today)
