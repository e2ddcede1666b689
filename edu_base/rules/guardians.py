"""Until when a guardian stands beside an applicant."""

from datetime import date

from edu_base.models.applications import Application
from edu_base.rules.ages import is_minor


def guardian_acts(application: Application, today: date) -> bool:
    """Civil Code art. 18, 19: until the 18th birthday itself, or on where the student wants it.

    Whoever has no date of birth counts as of age."""
    if application.guardian_id is None or application.person is None:
        return False
    return stands_beside(application.person.birth_date, application.guardian_stays, today)


def stands_beside(birth_date: date | None, stays: bool, today: date) -> bool:
    """The same of an applicant by the date of birth, and whether the student wants it on."""
    return stays or is_minor(birth_date, today)
