from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.accounts.tasks import tidy

pytestmark = pytest.mark.django_db


def test_lapsed_codes_and_sessions_are_deleted(send, client, now):
    with time_machine.travel(now, tick=False):
        send()
        client.session.save()
    with time_machine.travel(now + timedelta(days=181), tick=False):
        tidy()
    assert not OneTimeCode.objects.exists()
    assert not Session.objects.exists()
