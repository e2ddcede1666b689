"""What providers send says what they approved: staff see where the portal says more by now."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import ApprovedTemplate, Provider
from diedie_edu.notices.queries.desk import PROBLEMS
from diedie_edu.notices.queries.templates import all_filed
from tests.support.approving import approve_all
from tests.support.desks import shown_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def said(user: User, now: datetime) -> list[str]:
    return [one.text for one in shown_by(PROBLEMS, user, now) if "differs" in one.url]


def test_the_desk_counts_what_differs_from_what_was_approved(
    settings: Settings, staff_user: User, now: datetime
) -> None:
    approve_all(Provider.TENCENT)
    settings.SMS_BACKEND = "tencent"
    assert said(staff_user, now) == []
    changed = list(ApprovedTemplate.objects.order_by("pk").values_list("pk", flat=True)[:2])
    ApprovedTemplate.objects.filter(pk__in=changed).update(text="别的话")
    (words,) = said(staff_user, now)
    assert "有 2 条短信模板" in words
    settings.SMS_BACKEND = "file"  # in no provider's words
    assert said(staff_user, now) == []


def test_the_numbers_above_the_list_say_what_they_count(
    client: Client, staff_user: User, settings: Settings
) -> None:
    client.force_login(staff_user)
    page = client.get("/messages/templates/?provider=alibaba").content.decode()
    number = len(all_filed(Provider.ALIBABA))
    assert f"共 {number} 个模板：" in page
