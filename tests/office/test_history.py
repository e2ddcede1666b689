"""What a line of a draft said before stays known, with whoever changed it."""

from datetime import date
from typing import Any

import pghistory
import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.office.models import BudgetLine, Milestone, Paragraph, Version
from diedie_edu.office.queries.history import earlier_lines
from tests.support import office as short
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def draft(lead: User) -> Version:
    version = short.begin(short.make_document(), lead)
    short.add_line(version)
    return version


def test_a_changed_and_a_removed_line(draft: Version, lead: User) -> None:
    """By the triggers `changed_update` and `removed_delete`."""
    short.add_line(draft, title="茶水").delete()
    with pghistory.context(user=lead.pk):
        BudgetLine.objects.update(price=400)
    told = {(line.who, line.is_gone, line.text) for line in earlier_lines(draft.document)}
    assert told == {
        (str(lead), False, "讲课费 · 2.00  × 300.00 = 600.00"),
        ("", True, "讲课费 · 2.00  × 300.00 = 600.00"),
    }


@pytest.mark.parametrize(
    ("model", "facts", "changed"),
    [
        (Paragraph, {"text": "每月两场。"}, {"text": "每月三场。"}),
        (Milestone, {"title": "开班", "first_day": DAY, "last_day": DAY}, {"title": "结班"}),
        (BudgetLine, {}, {"title": "茶水"}),
    ],
)
def test_earlier_lines_are_kept_and_stay(
    draft: Version, model: Any, facts: dict[str, object], changed: dict[str, object]
) -> None:
    if facts:
        model.objects.create(version=draft, **facts)
    events = model.events.rel.related_model.objects
    model.objects.update(**changed)
    [name] = changed
    before = getattr(events.get(), name)
    assert before != changed[name]
    model.objects.all().delete()
    assert getattr(events.latest("pk"), name) == changed[name]
    with refused_by("earlier_lines_stay"):
        events.update(**changed)


def test_the_review_shows_them(
    draft: Version, lead: User, branch_lead: User, client: Client
) -> None:
    with pghistory.context(user=lead.pk):
        BudgetLine.objects.update(price=400)
    client.force_login(branch_lead)
    page = client.get(reverse("admin:office_version_change", args=[draft.pk])).content.decode()
    assert "300.00 = 600.00" in page
    assert str(lead) in page
