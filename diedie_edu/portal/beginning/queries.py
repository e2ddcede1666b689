"""How far the first day has come: each step is seen in what is there, none is ticked off."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import FirstStep, Panel, Problem, in_place
from diedie_edu.community.known import community
from diedie_edu.community.models import DemoRows


class Stage(NamedTuple):
    """A step and how it stands; the first that is open is `next`."""

    step: FirstStep
    url: str
    is_done: bool
    is_left_out: bool
    is_next: bool

    @property
    def is_open(self) -> bool:
        return not (self.is_done or self.is_left_out)


def is_fresh() -> bool:
    """Nobody has an account, nor has anybody said where the community is reached. Where somebody
    has, no query is made: every visit of the home page asks."""
    return not community().phone and not User.objects.exclude(phone="").exists()


def fresh(user: User | AnonymousUser, now: datetime) -> Iterator[Panel]:
    """What the home page of an empty portal says: how it begins, and no way in."""
    if is_fresh():
        yield Panel(1, "portal/beginning/fresh.html", {})


def stages(user: User, now: datetime) -> list[Stage]:
    """The steps that they may take, in their order, in one query; none for who does not begin."""
    if not user.may(Permission.KEEP_COMMUNITY):
        return []
    steps = [one for one in in_place(FirstStep) if _may_take(user, one)]
    done, left_out = _done(user, steps, now), community().left_out
    open_codes = [one.code for one in steps if not done[one.code] and one.code not in left_out]
    return [
        Stage(
            step=one,
            url=one.url(now),
            is_done=done[one.code],
            is_left_out=one.code in left_out,
            is_next=open_codes[:1] == [one.code],
        )
        for one in steps
    ]


def _may_take(user: User, step: FirstStep) -> bool:
    return step.permission is None or user.may(Permission(step.permission))


def _done(user: User, steps: list[FirstStep], now: datetime) -> dict[str, bool]:
    asked = [Exists(one.found(now)) for one in steps]
    found = User.objects.filter(pk=user.pk).values_list(*asked).get()
    return {one.code: is_done for one, is_done in zip(steps, found, strict=True)}


def demonstration_is_here(user: User, now: datetime) -> Iterator[Problem]:
    """On the desk of whoever may take it away, as long as something of it is there."""
    if user.may(Permission.KEEP_COMMUNITY) and DemoRows.objects.exists():
        yield Problem(
            place=95,
            text=_("This portal shows a demonstration, with people who do not exist."),
            url=reverse("portal:demonstration"),
            action=_("Look at it, or take it away"),
            tone="plain",
        )


def to_begin(user: User, now: datetime) -> list[Stage]:
    """The steps for the desk, as long as one of them is open."""
    found = stages(user, now)
    return found if any(stage.is_open for stage in found) else []
