"""What one person sets off at others is limited: messages that a resident's action sends out, by
account, and by network where nobody is signed in.

`AccessMiddleware` says who acts in a request; whoever queues messages asks and counts here, in the
same transaction. Staff, jobs and the clock are not limited.
"""

from contextvars import ContextVar
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common.days import time_text
from diedie_edu.common.errors import Refused

OF_ACCOUNT = Throttle("set off by an account", "SET_OFF_PER_ACCOUNT")
OF_NETWORK = Throttle("set off from a network", "SET_OFF_PER_NETWORK")
_acting: ContextVar[tuple[Throttle, str] | None] = ContextVar("acting", default=None)


def note_who_acts(request: HttpRequest) -> None:
    """Who only reads sets off nothing, and is not asked for."""
    if request.method in {"GET", "HEAD"}:
        return
    user = request.user
    if user.is_authenticated:
        _acting.set(None if user.has_power else (OF_ACCOUNT, str(user.pk)))
    else:
        _acting.set((OF_NETWORK, network_of(request)))


def acts_for_the_house() -> None:
    """Nobody is limited from here on: staff, a volunteer at work, the end of a request."""
    _acting.set(None)


def check_may_set_off(now: datetime) -> None:
    """Raises `Refused` (`too_much_set_off`)."""
    if (acting := _acting.get()) is None:
        return
    throttle, place = acting
    if throttle.is_used_up(place, now):
        words = _(
            "From here very many messages have gone out to others within an hour. Please go on "
            "after %(time)s."
        )
        raise Refused("too_much_set_off", words % {"time": time_text(throttle.ends_at(now))})


def count(now: datetime) -> None:
    if (acting := _acting.get()) is not None:
        throttle, place = acting
        throttle.count(place, now)
