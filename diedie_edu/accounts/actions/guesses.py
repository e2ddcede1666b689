"""Slowing whoever guesses at passwords and codes: by account, by network, over the whole house.

A code is guessed at in the browser that asked for it alone, so an account has no limit of its own
there; for passwords it has, over all networks. Passwords and codes are counted apart: where
passwords are slowed, a code still lets the owner in.
"""

from collections.abc import Iterator
from datetime import datetime

from diedie_edu.accounts import rules
from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.actions.visitors import By, Visitor

OF_SOMEBODY_KNOWN = Throttle("guess of somebody known", "GUESSES_PER_ACCOUNT")
AT_ACCOUNT = Throttle("guess at a password", "GUESSES_PER_ACCOUNT")
OF_NETWORK = Throttle("guess of a network", "GUESSES_PER_NETWORK")
OF_HOUSE = Throttle("guess of strangers", "GUESSES_PER_HOUR")


def check_may_guess(visitor: Visitor, now: datetime, *, password_of: str = "") -> None:
    """`password_of`: the phone whose password is guessed at; none for a code. Raises `Refused`
    (`too_many_guesses`, `house_is_full`)."""
    for throttle, place in _allowances(visitor, password_of):
        rules.check_may_guess(
            is_used_up=throttle.is_used_up(place, now),
            again_at=throttle.ends_at(now),
            is_password=bool(password_of),
            is_house=throttle is OF_HOUSE,
        )


def count_guess(visitor: Visitor, now: datetime, *, password_of: str = "") -> None:
    """It was wrong. Not to be called within a transaction that is rolled back."""
    for throttle, place in _allowances(visitor, password_of):
        throttle.count(place, now)
    what = "password" if password_of else "code"
    trail.note(trail.Kind.FAILED, about=visitor.owner, what=what, now=now)


def _allowances(visitor: Visitor, password_of: str) -> Iterator[tuple[Throttle, str]]:
    what = "password" if password_of else "code"
    if visitor.by != By.STRANGER:
        yield OF_SOMEBODY_KNOWN, f"{what} {visitor.place}"
        return
    if password_of:
        yield AT_ACCOUNT, password_of
    yield OF_NETWORK, f"{what} {visitor.network}"
    yield OF_HOUSE, what
