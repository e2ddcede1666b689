"""A phone that is sent codes, account keepers of each kind, and leads with rows of programmes."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db.models import Model
from django.test import Client

from diedie_edu.accounts.actions import codes, privacy
from diedie_edu.accounts.actions.visitors import Visitor
from diedie_edu.accounts.models import OneTimeCode, PrivacyNotice, User
from diedie_edu.accounts.permissions import ROLES, Permission, Role
from diedie_edu.portal.base_data import load_plan
from residents_school.models import Lecture
from tests.support.access_things import make_things
from tests.support.own_rows import ANOTHER, OF_A_PROGRAMME, OTHER

PHONE = "13800138000"
SIGN_IN = OneTimeCode.Purpose.SIGN_IN
BROWSER, STRANGER = "a secret of one browser", Visitor("192.0.2.1")


class Outbox(list):
    """What `send_code` handed over to be told."""

    def notify(self, **message: object) -> None:
        self.append(message)

    @property
    def code(self) -> str:
        return self[-1]["code"]


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def send(outbox: Outbox, now: datetime) -> Callable[..., bool]:
    """Ask for a code, for signing in with PHONE unless told otherwise."""

    def ask(**changes: object) -> bool:
        wish = {
            "phone": PHONE,
            "purpose": SIGN_IN,
            "language": "zh-hans",
            "browser": BROWSER,
            "visitor": STRANGER,
            "now": now,
            "notify": outbox.notify,
        }
        return codes.send_code(**(wish | changes))

    return ask


@pytest.fixture
def redeem(now: datetime) -> Callable[..., None]:
    def enter(code: str, **changes: object) -> None:
        wish = {"phone": PHONE, "purpose": SIGN_IN, "code": code, "now": now}
        wish |= {"browser": BROWSER, "visitor": STRANGER}
        codes.redeem_code(**(wish | changes))

    return enter


@pytest.fixture
def branch_lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.BRANCH_LEAD)


@pytest.fixture
def root(make_user: Callable[..., User]) -> User:
    return make_user(is_superuser=True)


@pytest.fixture
def notice(now: datetime) -> PrivacyNotice:
    return privacy.publish_privacy_notice(
        version="1", text="# 一\n\n正文", text_en="# One\n\nText", in_force_from=now
    )


@pytest.fixture
def leads(
    make_user: Callable[..., User],
    as_user: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Client]:
    """A browser for a lead of each programme."""
    monkeypatch.setitem(ROLES, Role.PROGRAMME_LEAD, frozenset(Permission))
    slugs = ["residents-school", "after-school", ANOTHER, OTHER]
    return {slug: as_user(make_user(Role.PROGRAMME_LEAD, scope=slug)) for slug in slugs}


@pytest.fixture
def rows(
    make_lecture: Callable[..., Lecture], make_user: Callable[..., User], stranger: User
) -> list[Model]:
    """One of every model that belongs to a programme."""
    load_plan()
    make_things(make_lecture, stranger, [make_user(Role.VOLUNTEER)])
    return [model._default_manager.order_by("pk").first() for model in OF_A_PROGRAMME]
