"""Whatever the way a document is written, the database holds to its rules."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from model_bakery import baker

from diedie_edu.accounts.models import User
from diedie_edu.files.models import StoredFile
from diedie_edu.office.models import (
    Attachment,
    Author,
    BudgetItem,
    BudgetLine,
    Document,
    Milestone,
    Paragraph,
    Remark,
    State,
    SummaryFigure,
    SummaryPicture,
    Version,
    Work,
)
from tests.support import office as short
from tests.support.office import NOW
from tests.support.refusals import guard_that_stops, refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(lead: User) -> Version:
    version = short.begin(short.make_document(), lead)
    short.add_line(version)
    return version


@pytest.fixture
def approved(draft: Version, lead: User, branch_lead: User) -> Version:
    short.submit(draft, lead)
    return short.decide(draft, branch_lead)


def these(row: Any) -> Any:
    return type(row).objects.filter(pk=row.pk)


def test_one_document_of_a_work_for_a_period(draft: Version) -> None:
    with refused_by("document_once_for_a_period"):
        short.make_document()


def test_a_period_and_a_work_are_whole(draft: Version) -> None:
    facts = {"programme": short.SCHOOL, "due_on": date(2026, 1, 31)}
    days = {"first_day": date(2026, 2, 1), "last_day": date(2026, 1, 31)}
    with refused_by("period_ends_after_it_begins"):
        Document.objects.create(work=Work.PLAN, **facts, **days)
    days["last_day"] = date(2026, 2, 1)
    with refused_by("work_of_a_document_is_a_written_one"):
        Document.objects.create(work=Work.LIAISON, **facts, **days)


def test_what_a_document_is_about_stays(draft: Version) -> None:
    with refused_by("what_a_document_is_about_stays"):
        Document.objects.update(work=Work.PLAN)


def test_an_author_stays_one_and_stands_once(draft: Version, lead: User) -> None:
    with refused_by("author_once"):
        Author.objects.create(document=draft.document, account=lead, since=NOW)
    with refused_by("an_author_stays_one"):
        Author.objects.all().delete()


def test_versions_are_counted(draft: Version) -> None:
    facts = {"document": draft.document, "written_at": NOW}
    these(draft).update(state=State.SUBMITTED, submitted_at=NOW)
    these(draft).update(state=State.RETURNED)
    with refused_by("version_has_its_number"):
        Version.objects.create(**facts, number=1)
    with refused_by("state_of_version_is_known"):
        Version.objects.create(**facts, number=0)


def test_one_version_is_written_at_a_time(draft: Version) -> None:
    with refused_by("one_version_is_open"):
        Version.objects.create(document=draft.document, number=2, written_at=NOW)


def test_one_version_is_in_force(approved: Version, lead: User, branch_lead: User) -> None:
    after = short.begin(approved.document, lead)
    these(after).update(state=State.SUBMITTED, submitted_at=NOW)
    with refused_by("one_version_in_force"):
        these(after).update(state=State.APPROVED, approved_by=branch_lead, approved_at=NOW)


def test_an_approval_says_who(draft: Version) -> None:
    these(draft).update(state=State.SUBMITTED, submitted_at=NOW)
    with refused_by("approved_here_or_on_paper"):
        these(draft).update(state=State.APPROVED)
    with refused_by("approved_here_or_on_paper"):
        these(draft).update(signed_on=date(2026, 1, 5), signed_by="陈主任")


def test_what_waits_was_submitted(draft: Version) -> None:
    with refused_by("what_waits_was_submitted"):
        these(draft).update(state=State.SUBMITTED)


def test_a_withdrawn_approval_has_a_reason(approved: Version) -> None:
    with refused_by("a_withdrawn_approval_has_a_reason"):
        these(approved).update(state=State.REVOKED)


def test_versions_follow_the_chain(approved: Version) -> None:
    with refused_by("versions_follow_the_chain"):
        these(approved).update(state=State.DRAFT)


def test_a_version_begins_as_a_draft(draft: Version, branch_lead: User) -> None:
    with refused_by("a_version_begins_as_a_draft"):
        Version.objects.create(
            document=draft.document, number=2, written_at=NOW, state=State.RETURNED
        )


def test_nobody_approves_the_own_document(draft: Version, lead: User, branch_lead: User) -> None:
    """Nor lends the right to."""
    these(draft).update(state=State.SUBMITTED, submitted_at=NOW)
    for who in ({"approved_by": lead}, {"approved_by": branch_lead, "approved_for": lead}):
        with refused_by("nobody_approves_the_own_document"):
            these(draft).update(state=State.APPROVED, approved_at=NOW, **who)


def test_what_a_version_is_of_stays(draft: Version) -> None:
    with refused_by("what_a_version_is_of_stays"):
        these(draft).update(number=3)


def test_who_approved_stays_known(approved: Version, other_lead: User) -> None:
    with refused_by("who_approved_stays_known"):
        these(approved).update(approved_by=other_lead)


def test_what_was_submitted_is_never_deleted(approved: Version) -> None:
    with refused_by("versions_are_never_deleted"):
        these(approved)._raw_delete("default")


def test_the_total_is_the_sum_of_its_lines(draft: Version) -> None:
    """total_follows_its_lines writes it, and nobody else."""
    write = lambda: these(draft).update(total=1)  # noqa: E731
    assert guard_that_stops(write) == "a_total_is_the_sum_of_its_lines"
    with refused_by("total_is_no_debt"):
        these(draft).update(total=-1)


def test_content_changes_in_drafts_alone(approved: Version) -> None:
    facts = {"version": approved, "text": "每月两场。"}
    days = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 31)}
    with refused_by("content_changes_in_drafts_alone"):
        Paragraph.objects.create(**facts)
    with refused_by("content_changes_in_drafts_alone"):
        Milestone.objects.create(version=approved, title="开班", **days)
    with refused_by("content_changes_in_drafts_alone"):
        BudgetLine.objects.update(price=1)
    with refused_by("content_changes_in_drafts_alone"):
        BudgetLine.objects.all().delete()


@pytest.mark.parametrize("model", [Attachment, SummaryFigure, SummaryPicture])
def test_nor_does_anything_else_of_one(approved: Version, model: Any) -> None:
    row = baker.prepare(model, version=approved, _save_related=True)
    with refused_by("content_changes_in_drafts_alone"):
        row.save()


def test_a_line_goes_to_no_version_that_was_read(approved: Version, lead: User) -> None:
    after = short.begin(approved.document, lead)
    with refused_by("content_changes_in_drafts_alone"):
        after.budgetline_rows.update(version=approved)


@pytest.mark.parametrize(
    ("model", "facts", "name"),
    [
        (Paragraph, {"text": "每月两场。"}, "paragraph_once"),
        (
            Milestone,
            {"title": "开班", "first_day": date(2026, 3, 1), "last_day": date(2026, 3, 1)},
            "milestone_once",
        ),
    ],
)
def test_a_key_stands_once_in_a_version(draft: Version, model: Any, facts: Any, name: str) -> None:
    row = model.objects.create(version=draft, **facts)
    with refused_by(name):
        model.objects.create(version=draft, key=row.key, **facts)


def test_an_attachment_stands_once(draft: Version) -> None:
    file = baker.make(StoredFile, form="pdf", size=1, key="0" * 32, ends_at=None)
    row = Attachment.objects.create(version=draft, file=file, sha256="0" * 64)
    with refused_by("attachment_once"):
        Attachment.objects.create(version=draft, key=row.key, file=row.file, sha256="0" * 64)


def test_lines_have_their_words(draft: Version) -> None:
    with refused_by("a_paragraph_has_a_text"):
        Paragraph.objects.create(version=draft, text="")
    with refused_by("milestone_has_its_days"):
        Milestone.objects.create(
            version=draft, title="开班", first_day=date(2026, 3, 2), last_day=date(2026, 3, 1)
        )
    with refused_by("a_remark_has_words"):
        Remark.objects.create(version=draft, words="", by=draft.written_by, at=NOW)


def test_a_line_has_its_sum_category_and_item(draft: Version, lead: User) -> None:
    with refused_by("line_has_its_sum"):
        short.add_line(draft, quantity=0)
    with refused_by("category_is_known"):
        short.add_line(draft, category="gifts")
    line = draft.budgetline_rows.get()
    with refused_by("line_once"):
        BudgetLine.objects.create(
            version=draft,
            item=line.item,
            key=line.key,
            category="other",
            title="茶水",
            quantity=1,
            price=1,
        )
    with refused_by("line_is_of_its_item"):
        BudgetLine.objects.filter(pk=line.pk).update(key=uuid4())
    other = short.make_document(year=2027)
    item = BudgetItem.objects.create(document=other)
    with refused_by("a_line_is_of_its_document"):
        BudgetLine.objects.filter(pk=line.pk).update(item=item, key=item.key)


def test_what_an_item_is_stays(draft: Version) -> None:
    with refused_by("what_an_item_is_stays"):
        BudgetItem.objects.update(document=short.make_document(year=2027))
