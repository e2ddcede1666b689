"""What SECURITY.md and docs/security.md promise of headers, cookies, logs and packages."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from diedie_edu.local.audit import LICENCES, licences, verdict

ROOT = settings.BASE_DIR
KNOWN = {"name": "django", "version": "5.2", "vulns": []}


@pytest.mark.django_db
def test_a_page_asks_for_the_camera_and_nothing_else_of_a_device(client):
    said = client.get("/")["Permissions-Policy"]
    assert "camera=(self)" in said
    assert {"geolocation=()", "microphone=()", "payment=()"} <= set(said.split(", "))


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://portal.example", ["__Host-sessionid", "__Host-csrftoken"]),
        ("http://127.0.0.1:8000", ["sessionid", "csrftoken"]),
    ],
)
def test_over_https_cookies_are_bound_to_the_host(address, names):
    asked = (
        "import json; from django.conf import settings as s;"
        "print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME]))"
    )
    env = os.environ | {"PORTAL_URL": address, "DJANGO_SETTINGS_MODULE": "diedie_edu.settings"}
    said = subprocess.run(
        [sys.executable, "-c", asked], env=env, cwd=ROOT, capture_output=True, check=True
    )
    assert json.loads(said.stdout.splitlines()[-1]) == names


def test_no_log_of_a_container_grows_without_end():
    compose = (ROOT / "compose.yaml").read_text("utf-8")
    services = re.findall(r"^    (?:image:|<<: \*portal)", compose, re.M)
    cut = compose.count("    logging: *logs") + compose.count("<<: *portal")
    assert cut == len(services)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ([KNOWN], 0),
        ([KNOWN, KNOWN | {"vulns": [{"id": "PYSEC-1"}]}], 1),
        ([KNOWN, {"name": "x", "skip_reason": "not found"}], 2),
        ([], 2),
    ],
)
def test_an_audit_that_looked_nothing_up_is_no_good_news(found, says):
    assert verdict(found) == says


def test_the_licence_of_every_package_is_listed():
    assert LICENCES.read_text("utf-8") == licences(), "run `make audit`"


def test_what_the_documents_name_is_there():
    for name in ("SECURITY.md", "docs/security.md"):
        text = (ROOT / name).read_text("utf-8")
        for path in re.findall(r"`(tests/[\w/]+\.py)`", text):
            assert (ROOT / path).exists(), f"{name} names {path}"
