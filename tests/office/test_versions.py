"""A document from its first draft to the version in force, and back."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.parts import PlanData
from diedie_edu.office.actions import versions, years
from diedie_edu.office.models import Author, BudgetLine, Document, State, Version, Work
from tests.support import office as short
from tests.support.office import NOW, SCHOOL

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(lead: User) -> Version:
    version = short.begin(short.make_document(), lead)
    short.add_line(version)
    version.refresh_from_db()
    return version


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


def test_the_total_follows_its_lines(draft: Version) -> None:
    short.add_line(draft, quantity=Decimal("0.5"), price=Decimal("0.33"))
    draft.refresh_from_db()
    assert draft.total == Decimal("600.17")
    draft.budgetline_rows.filter(price=300).delete()
    draft.refresh_from_db()
    assert draft.total == Decimal("0.17")


def test_from_draft_to_approved(draft: Version, lead: User, branch_lead: User) -> None:
    short.submit(draft, lead)
    draft = short.decide(draft, branch_lead)
    assert (draft.state, draft.approved_by) == (State.APPROVED, branch_lead)


def test_what_waits_or_is_approved_does_not_change(
    draft: Version, lead: User, branch_lead: User
) -> None:
    short.submit(draft, lead)
    for _way in range(2):
        with pytest.raises(IntegrityError, match="draft"), transaction.atomic():
            BudgetLine.objects.update(price=1)
        with pytest.raises(IntegrityError, match="draft"), transaction.atomic():
            BudgetLine.objects.all().delete()
        with pytest.raises(IntegrityError, match="draft"), transaction.atomic():
            short.add_line(draft)
        if draft.state != State.APPROVED:
            short.decide(draft, branch_lead)


def test_a_returned_version_is_answered_by_the_next_one(
    draft: Version, lead: User, other_lead: User, branch_lead: User
) -> None:
    short.submit(draft, lead)
    short.decide(draft, branch_lead, "returned", "讲课费请写明课时。")
    after = short.begin(draft.document, other_lead)
    assert (after.number, after.based_on, after.state) == (2, draft, State.DRAFT)
    assert after.total == draft.total
    old, new = draft.budgetline_rows.get(), after.budgetline_rows.get()
    assert (old.key, old.item, old.pk == new.pk) == (new.key, new.item, False)
    short.submit(after, other_lead)
    assert short.decide(after, branch_lead).state == State.APPROVED


def test_the_old_version_is_in_force_until_the_new_one_is(
    draft: Version, lead: User, branch_lead: User
) -> None:
    short.submit(draft, lead)
    short.decide(draft, branch_lead)
    after = short.begin(draft.document, lead)
    with refused("no_reason"):
        short.submit(after, lead)
    Version.objects.filter(pk=after.pk).update(reason="请了两位老师。")
    short.submit(after, lead)
    assert Version.objects.get(pk=draft.pk).state == State.APPROVED
    short.decide(after, branch_lead)
    assert Version.objects.get(pk=draft.pk).state == State.SUPERSEDED
    versions.revoke(version=after, reason="算错了。", by=branch_lead, now=NOW)
    states = list(Version.objects.order_by("number").values_list("state", flat=True))
    assert states == [State.APPROVED, State.REVOKED]


def test_nobody_approves_what_they_had_a_hand_in(
    draft: Version, lead: User, branch_lead: User, make_user: Callable[..., User]
) -> None:
    """Whoever wrote a line of an earlier version neither; the database holds it too."""
    short.submit(draft, lead)
    short.decide(draft, branch_lead, "returned", "请再看看。")
    writer = make_user(Role.BRANCH_LEAD, display_name="何远山")
    after = short.begin(draft.document, writer)
    short.submit(after, lead)
    with refused("own"):
        short.decide(after, writer)
    with pytest.raises(IntegrityError, match="does not approve"), transaction.atomic():
        Version.objects.filter(pk=after.pk).update(
            state=State.APPROVED, approved_by=writer, approved_at=NOW
        )
    assert short.decide(after, branch_lead).state == State.APPROVED


def test_what_waits_is_taken_back(draft: Version, lead: User, branch_lead: User) -> None:
    short.submit(draft, lead)
    versions.take_back(version=draft, by=lead, now=NOW)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    short.submit(draft, lead)
    short.decide(draft, branch_lead)
    with refused("decided"):
        versions.take_back(version=draft, by=lead, now=NOW)


def test_an_empty_document_is_not_submitted(lead: User) -> None:
    with refused("empty"):
        short.submit(short.begin(short.make_document(Work.PLAN), lead), lead)


def test_a_year_opens_with_what_the_plan_owes(db: None) -> None:
    """Facts 1, the matrix, cell by cell."""
    for part in parts_of(PlanData):
        part.load()
    years.open_year(year=2027, now=NOW)
    years.open_year(year=2027, now=NOW)
    owed: dict[str, set[str]] = {}
    for programme, work in Document.objects.values_list("programme", "work"):
        owed.setdefault(programme, set()).add(work)
    assert owed == {
        SCHOOL: {"budget", "plan", "publicity", "summary"},
        "after-school": {"budget", "plan", "rules", "publicity", "summary"},
        "happy-square": {"budget", "publicity", "summary"},
    }
    assert not Author.objects.exists()
