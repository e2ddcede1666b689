"""By which name messages speak of whoever set them off."""

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident


def register_name(user: User) -> str:
    """That of the register, not what they choose to be called; of an account without a person, its
    own."""
    own = Resident.objects.filter(account=user).values_list("full_name", flat=True)
    return own.first() or user.display_name
