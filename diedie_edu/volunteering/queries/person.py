"""One person's hours and papers, as staff see them."""

from collections.abc import Iterator
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.volunteering.models import Certificate, Duty
from diedie_edu.volunteering.queries.hours import hours_of

SHOWN = 12


def person_sections(user: User, resident: Resident, now: datetime) -> Iterator[Panel]:
    """Duties ahead, confirmed hours, and papers that were issued."""
    volunteer = Volunteer.objects.filter(resident=resident).first()
    papers = list(Certificate.objects.filter(resident=resident)[:SHOWN])
    if volunteer is None and not papers:
        return
    ahead = Duty.objects.filter(volunteer=volunteer, ends_at__gt=now, is_off=False)
    duties = ahead.select_related("occasion__activity").order_by("starts_at")
    facts = {
        "volunteer": volunteer,
        "duties": list(duties[:SHOWN]) if volunteer else [],
        "hours": hours_of(resident) if volunteer else None,
        "papers": papers,
    }
    yield Panel(50, "activities/person_hours.html", facts)
