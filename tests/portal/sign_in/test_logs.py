"""What the logs hold of people: nothing."""

import logging

import pytest
from django.test import Client

from tests.portal.sign_in.conftest import KNOWN, PASSWORD, UNKNOWN, code_for, prove

pytestmark = pytest.mark.django_db
FORM = {
    "full_name": "梁秀珍",
    "language": "zh-hans",
    "agrees": "on",
    "is_old_enough": "on",
    "residency": "worker",
}


def test_no_way_in_leaves_a_phone_a_name_a_code_or_a_password_in_the_logs(
    known, privacy_notice, caplog
):
    caplog.set_level(logging.DEBUG)
    address = "198.51.100.77"
    client, guesser = Client(REMOTE_ADDR=address), Client(REMOTE_ADDR=address)
    for password in ["guessed-it"] * 6 + [PASSWORD]:
        guesser.post("/sign-in/", {"phone": "138 0013 8000", "password": password})
    prove(client, UNKNOWN, "/register/")
    codes = [code_for(UNKNOWN)]
    client.post("/register/name/", FORM | {"password": PASSWORD})
    client.post("/register/name/", FORM)
    client.post("/sign-out/")
    prove(client, KNOWN, "/sign-in/forgotten/")
    codes.append(code_for(KNOWN))
    client.post("/sign-in/new-password/", {"password": PASSWORD})
    client.get("/sign-in/nowhere/")
    secrets = {KNOWN, UNKNOWN, "138 0013 8000", "梁秀珍", PASSWORD, "guessed-it", address, *codes}
    assert "AXES" in caplog.text
    assert {secret for secret in secrets if secret in caplog.text} == set()
