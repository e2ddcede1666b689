"""Signing in by two steps, as people do."""

import base64
from datetime import datetime
from typing import Any

from django.test import Client
from django_otp.oath import totp

from diedie_edu.accounts.actions import second_factors
from diedie_edu.accounts.models import User

PASSWORD, KEY = "榕树下learning", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CONFIRM = "/confirm/"


def code_of(key: str = KEY) -> str:
    """What the app shows now."""
    return f"{totp(base64.b32decode(key)):06d}"


def with_factor(user: User, now: datetime) -> list[str]:
    """Set up; the lines of the sheet."""
    return second_factors.set_up(user=user, key=KEY, code=code_of(), session="s", now=now)


def sign_in(user: User, client: Client | None = None, **more: str) -> Client:
    """By password, as far as that goes."""
    client = client or Client()
    client.post("/sign-in/", {"phone": user.phone, "password": PASSWORD} | more)
    return client


def confirm(client: Client, code: str, **more: str) -> Any:
    return client.post(CONFIRM, {"code": code} | more)
