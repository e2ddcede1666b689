"""The demo season: who signs in, who takes part, and what each programme plays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Resident


@dataclass(frozen=True)
class SignIn:
    """An account that everybody knows, and what it is there to try."""

    role: Role
    phone: str
    name: str
    what: str | Promise
    scope: str = ""


@dataclass(frozen=True)
class Cast:
    """Those who act in the season of every programme."""

    staff: User
    resident: Resident


@dataclass(frozen=True)
class DemoSeason:
    """A programme's share: `play(cast, now)` says whether anything was new. `changes` are tables
    with rows of the plan that it changes, as "app.Model"."""

    play: Callable[[Cast, datetime], bool]
    sign_ins: tuple[SignIn, ...] = ()
    changes: tuple[str, ...] = ()
