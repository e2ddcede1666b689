"""Who may be close to children on a day."""

from datetime import date

from django.db.models import BooleanField, DateField, F, Func, Value

from diedie_edu.people.models import Volunteer


class IsCleared(Func):
    """Whether a volunteer is cleared on a day, as the database's own guard asks."""

    function = "people_is_cleared"
    output_field = BooleanField()


def is_cleared(volunteer: int, day: date) -> bool:
    found = Volunteer.objects.filter(pk=volunteer)
    return found.filter(IsCleared(F("pk"), Value(day, DateField()))).exists()
