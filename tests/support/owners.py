"""Whose an account is."""

from diedie_edu.accounts.models import User
from diedie_edu.common.phones import phone_key
from diedie_edu.people.models import Resident


def give_account(account: User, **whom: object) -> None:
    """To another person, with its phone: the two have one."""
    Resident.objects.filter(account=account).update(account=None)
    phone = {"phone": account.phone, "phone_key": phone_key(account.phone)}
    Resident.objects.filter(**whom).update(account=account, **phone)
