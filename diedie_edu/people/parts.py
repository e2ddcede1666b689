"""What apps bring to the page of one person at the desk: sections of their own, and buttons."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Entry, Panel, Source
from diedie_edu.people.models import Resident


class PersonSection(Source[Panel]):
    """`of(user, resident, now)`: what an app knows of a person, as far as this reader may see it.

    Of a child it brings what staff may read by the rules for children; the look is logged already.
    """


class ChildDoor(Entry):
    """Where a guardian brings in a child under 14, by a consent."""


def always(resident: Resident) -> bool:
    return True


@dataclass(frozen=True)
class PersonAction:
    """A button: `name` is that of an address which takes the person's number; `is_open` says
    whether it stands on this person's page, a child's too."""

    place: int
    label: str | Promise
    name: str
    permission: Permission
    is_open: Callable[[Resident], bool] = always
    icon: str = "pencil-square"

    def url(self, resident: Resident) -> str:
        return reverse(self.name, args=[resident.pk])

    def is_for(self, user: User, resident: Resident) -> bool:
        return user.may(self.permission) and self.is_open(resident)


@dataclass(frozen=True)
class Copied:
    """Rows that belong into the copy of somebody's data though no key of theirs names the person:
    `path` leads from the row of `model` to them. Of its fields those in `only`, where any are
    named; `more` are further columns: title and value."""

    model: str
    path: str
    only: Collection[str] = ()
    more: Iterable[tuple[str | Promise, Callable[[Any], str]]] = ()
