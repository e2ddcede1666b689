"""A phone that is sent codes, and account keepers of each kind."""

from collections.abc import Callable
from datetime import datetime

import pytest

from diedie_edu.accounts.actions import codes, privacy
from diedie_edu.accounts.models import OneTimeCode, PrivacyNotice, User
from diedie_edu.accounts.permissions import Role

PHONE = "13800138000"
SIGN_IN = OneTimeCode.Purpose.SIGN_IN


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
            "by_ip": "192.0.2.1",
            "now": now,
            "notify": outbox.notify,
        }
        return codes.send_code(**(wish | changes))

    return ask


@pytest.fixture
def redeem(now: datetime) -> Callable[..., None]:
    def enter(code: str, **changes: object) -> None:
        wish = {"phone": PHONE, "purpose": SIGN_IN, "code": code, "now": now}
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
