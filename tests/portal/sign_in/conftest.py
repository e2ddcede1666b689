"""A visitor at the door, and the codes they were sent."""

from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.actions import privacy
from diedie_edu.accounts.models import PrivacyNotice, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.crypto import unseal
from diedie_edu.notices.models import Notice
from tests.conftest import NOW

KNOWN, UNKNOWN = "13800138000", "13800138001"
PASSWORD = "叠二社区learning"


@pytest.fixture(autouse=True)
def standing_clock(db: None, clock: object, settings: object) -> None:
    """Every door reads the clock; here it stands still unless a test moves it. There is a privacy
    notice, for without one nobody registers.

    Passwords are hashed cheaply: how dear they are is not what is tested.
    """
    publish_notice()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def known(make_user: Callable[..., User]) -> User:
    """A resident whose phone is KNOWN and who has a password."""
    user = make_user(Role.RESIDENT, phone=KNOWN, password=PASSWORD)
    privacy.agree_to_notice(user=user, notice=publish_notice(), now=NOW)
    return user


@pytest.fixture
def privacy_notice(db: None) -> PrivacyNotice:
    return publish_notice()


def publish_notice() -> PrivacyNotice:
    return privacy.publish_privacy_notice(
        version="2026-1", text="# 目的\n\n报名", text_en="# Purpose\n\nSeats", in_force_from=NOW
    )


def code_for(phone: str) -> str:
    return unseal(Notice.objects.filter(address=phone).latest("pk").sealed)


def prove(client: Client, phone: str, door: str = "/sign-in/code/", **more: str) -> str:
    """Ask for a code at a door and enter it; where that leads."""
    client.post(door, {"phone": phone} | more)
    return client.post("/sign-in/code/enter/", {"code": code_for(phone)}).url


def account_in(client: Client) -> int | None:
    """The account that is signed in."""
    found = client.session.get("_auth_user_id")
    return int(found) if found else None
