"""What a line of a draft said before stays known, with whoever changed it."""

import pghistory
import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.office.models import BudgetLine, Version
from diedie_edu.office.queries.history import earlier_lines
from tests.support import office as short
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db


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


def test_earlier_lines_stay(draft: Version) -> None:
    BudgetLine.objects.update(price=400)
    with refused_by("earlier_lines_stay"):
        BudgetLine.events.rel.related_model.objects.update(price=1)


def test_the_review_shows_them(
    draft: Version, lead: User, branch_lead: User, client: Client
) -> None:
    with pghistory.context(user=lead.pk):
        BudgetLine.objects.update(price=400)
    client.force_login(branch_lead)
    page = client.get(reverse("admin:office_version_change", args=[draft.pk])).content.decode()
    assert "300.00 = 600.00" in page
    assert str(lead) in page
