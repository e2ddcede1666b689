"""Production over demo accounts does not start: web, worker, beat and migrate, as processes."""

import pytest
from django.conf import settings
from django.core.checks import run_checks

from tests.support.starting import BEAT, GRANIAN, MIGRATE, WEB, WORKER, start

REFUSAL = "This database holds demo accounts"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "command", [GRANIAN, WORKER, BEAT, MIGRATE], ids=["web", "worker", "beat", "migrate"]
)
def test_production_refuses_to_start_over_demo_accounts(make_user, command):
    make_user(is_demo=True)
    ended = start(command)
    assert ended.returncode != 0
    assert REFUSAL in ended.stdout + ended.stderr


@pytest.mark.django_db(transaction=True)
def test_production_starts_over_accounts_of_its_own(make_user):
    make_user()
    ended = start(WEB)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.django_db(transaction=True)
def test_a_trial_starts_over_demo_accounts(make_user):
    make_user(is_demo=True)
    assert start(WEB, DEMO="true").returncode == 0


def test_production_refuses_to_start_where_it_cannot_look():
    ended = start(WORKER, DATABASE_URL="postgres:///nowhere?host=/nowhere")
    assert ended.returncode != 0
    assert "cannot be asked" in ended.stderr


@pytest.mark.parametrize("key", ["", "short", settings.DEMO_KEY])
def test_production_refuses_keys_that_are_not_its_own(key):
    ended = start(["manage.py", "check"], SECRET_KEY=key)
    assert ended.returncode != 0
    assert "keys of your own" in ended.stderr


def test_production_refuses_the_demo_key_of_sealed_fields():
    ended = start(["manage.py", "check"], FIELD_KEYS=settings.FIELD_KEYS[0])
    assert "keys of your own" in ended.stderr


@pytest.mark.django_db
def test_the_check_names_demo_accounts(make_user, settings):
    make_user(is_demo=True)
    settings.DEMO = False
    found = run_checks(tags=["database"], databases=["default"])
    assert "accounts.E001" in [message.id for message in found]
    settings.DEMO = True
    assert not run_checks(tags=["database"], databases=["default"])
