"""Short hands for tests about volunteers on duty."""

from diedie_edu.activities.actions import assign_duty
from diedie_edu.activities.models import Duty, Occasion
from diedie_edu.people.models import Resident, Volunteer
from tests.conftest import NOW


def make_volunteer(name: str = "王老师", kind: str = "expert", **fields: object) -> Volunteer:
    resident = Resident.objects.create(full_name=name, **fields)
    return Volunteer.objects.create(resident=resident, kinds=[kind])


def on_duty(occasion: Occasion, volunteer: Volunteer | None, work: str = "speaker") -> Duty:
    """As a door would do it."""
    return assign_duty(occasion=occasion, volunteer=volunteer, work=work, by=None, now=NOW)
