"""Short hands for tests about volunteers on duty."""

from diedie_edu.activities.models import Occasion
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.volunteering.actions import duties
from diedie_edu.volunteering.models import Duty
from tests.conftest import NOW


def make_volunteer(name: str = "王老师", kind: str = "expert", **fields: object) -> Volunteer:
    resident = Resident.objects.create(full_name=name, **fields)
    return Volunteer.objects.create(resident=resident, kinds=[kind])


def on_duty(occasion: Occasion, volunteer: Volunteer | None, work: str = "speaker") -> Duty:
    """As a door would do it."""
    return duties.assign_duty(occasion=occasion, volunteer=volunteer, work=work, by=None, now=NOW)
