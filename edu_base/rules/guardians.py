"""Until when a guardian stands beside an applicant."""

from datetime import date

from diedie_edu.people.rules.residents import years_old
from edu_base.models.applications import Application

OF_AGE = 18  # Civil Code art. 17


def guardian_acts(application: Application, today: date) -> bool:
    """Civil Code art. 18, 19: until the 18th birthday itself, or on where the student wants it.

    Whoever has no date of birth counts as of age."""
    if application.guardian_id is None or application.person is None:
        return False
    born = application.person.birth_date
    return application.guardian_stays or (born is not None and years_old(born, today) < OF_AGE)
