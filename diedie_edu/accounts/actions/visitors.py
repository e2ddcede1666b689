"""Who asks for a code, or guesses at a password or a code, and from where."""

from dataclasses import dataclass

from django.http import HttpRequest

from diedie_edu.accounts.actions.devices import recognise
from diedie_edu.accounts.models import OneTimeCode, User
from diedie_edu.accounts.throttling import network_of

By = OneTimeCode.By


@dataclass(frozen=True)
class Visitor:
    """Strangers share what is left to their network; whoever is known has an allowance of their
    own, which nobody else can use up."""

    network: str
    device: int = 0  # of the account that it is about, if this is one of its browsers
    account: int = 0  # that is signed in here
    is_own: bool = False  # that is the account it is about
    owner: int | None = None  # the account it is about

    @property
    def by(self) -> By:
        if self.device or self.is_own:
            return By.OWNER
        return By.ACCOUNT if self.account else By.STRANGER

    @property
    def place(self) -> str:
        if self.device:
            return f"device {self.device}"
        return f"account {self.account}" if self.account else self.network


def visitor_of(request: HttpRequest, phone: str) -> Visitor:
    """Who asks about the account of a phone; phones without one cost as many queries."""
    owner = User.objects.filter(phone=phone).first()
    device = recognise(request, owner)
    here = getattr(request, "user", None)
    return Visitor(
        network_of(request),
        device.pk if device else 0,
        (here and here.pk) or 0,
        owner is not None and owner == here,
        owner.pk if owner else None,
    )
