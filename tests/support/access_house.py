"""The house of `access_things` with a browser for everybody of `access_table.WHO`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import time_machine
from django.db import connection, transaction
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.portal.base_data import load_plan
from tests.conftest import NOW, new_lecture, new_user, signed_in, the_programme, the_topic
from tests.support.access_table import WHO
from tests.support.access_things import Things, make_things


@dataclass(frozen=True)
class House:
    knockers: dict[str, tuple[User | None, Client]]
    things: Things


@contextmanager
def for_the_module(blocker: Any) -> Iterator[None]:
    """What is made in it stands for all tests of a module, and is gone in the end; each test
    undoes what it did. `blocker` is pytest-django's."""
    with blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        yield
        transaction.set_rollback(True)


def furnished() -> House:
    """Beside the plan's facts one of each thing."""
    stranger = new_user(Role.RESIDENT)
    users = {letter: new_user(role, scope=scope) for letter, (role, scope) in WHO.items()}
    make_lecture = partial(new_lecture, programme=the_programme(), topic=the_topic())
    load_plan()
    things = make_things(make_lecture, stranger, list(users.values()))
    connection.check_constraints()  # now, not when a test has changed something else
    browsers = {letter: (user, signed_in(user)) for letter, user in users.items()}
    return House({"v": (None, Client()), **browsers}, things)
