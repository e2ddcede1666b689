"""The pages of a document: who reads, writes, submits, compares."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.office.actions import drafts
from diedie_edu.office.models import Paragraph, State, Version, Work
from diedie_edu.office.queries import differences
from tests.support import office as short
from tests.support.hostile_files import PDF
from tests.support.office import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def plan(lead: User) -> Version:
    version = short.begin(short.make_document(Work.PLAN), lead)
    short.add_paragraph(version, title="讲座")
    return version


def url(version: Version, what: str = "") -> str:
    return f"/desk/office/versions/{version.pk}/{what}"


def test_a_draft_is_written_and_submitted(
    lead: User, branch_lead: User, as_user: Callable[[User], Client]
) -> None:
    document, client = short.make_document(Work.PLAN), as_user(lead)
    client.post(f"/desk/office/documents/{document.pk}/write/")
    version = document.versions.get()
    for n in range(2):
        sent = {"kind": "aim", "title": f"目标{n}", "text": "每月两场。"}
        assert client.post(url(version, "add/paragraph/"), sent).status_code == 302
    days = {"first_day": "2026-03-01", "last_day": "2026-06-30"}
    client.post(url(version, "add/milestone/"), {"title": "春季讲座", "looks_for": "春", **days})
    first, second = version.paragraph_rows.all()
    client.post(f"/desk/office/lines/paragraph/{second.pk}/move/", {"up": ""})
    assert [row.title for row in version.paragraph_rows.all()] == ["目标1", "目标0"]
    client.post(f"/desk/office/lines/paragraph/{first.pk}/remove/")
    page = client.get(url(version)).content.decode()
    assert [word in page for word in ("目标1", "目标0", "春季讲座")] == [True, False, True]
    client.post(url(version, "submit/"))
    version.refresh_from_db()
    assert version.state == State.SUBMITTED
    client.post(url(version, "take-back/"))
    version.refresh_from_db()
    assert version.state == State.DRAFT


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_drafts_are_for_whoever_writes_there(
    state: str, plan: Version, lead: User, make_user: Any, as_user: Any
) -> None:
    if state == State.SUBMITTED:
        short.submit(plan, lead)
    other = as_user(make_user(Role.PROGRAMME_LEAD, scope="happy-square"))
    row = plan.paragraph_rows.get()
    for page in (
        url(plan),
        url(plan, "difference/"),
        url(plan, "head/"),
        url(plan, "add/paragraph/"),
        f"/desk/office/lines/paragraph/{row.pk}/",
        f"/desk/office/documents/{plan.document_id}/",
    ):
        assert other.get(page).status_code == 404, page
    for page in ("submit/", "take-back/", "drop/"):
        assert other.post(url(plan, page)).status_code == 404, page


def test_a_stale_form_shows_both_values(plan: Version, lead: User, as_user: Any) -> None:
    client, row = as_user(lead), plan.paragraph_rows.get()
    page = f"/desk/office/lines/paragraph/{row.pk}/"
    opened = client.get(page).context["form"]["opened"].value()
    Paragraph.objects.filter(pk=row.pk).update(text="每月三场。")
    sent = {"kind": "aim", "title": "讲座", "text": "每月四场。", "opened": opened}
    answer = client.post(page, sent)
    assert "每月三场。" in answer.content.decode()
    assert Paragraph.objects.get(pk=row.pk).text == "每月三场。"


def test_what_waits_is_not_written_by_an_old_form(plan: Version, lead: User, as_user: Any) -> None:
    client, row = as_user(lead), plan.paragraph_rows.get()
    page = f"/desk/office/lines/paragraph/{row.pk}/"
    opened = client.get(page).context["form"]["opened"].value()
    short.submit(plan, lead)
    sent = {"kind": "aim", "title": "讲座", "text": "每月四场。", "opened": opened}
    assert client.post(page, sent).status_code == 200
    client.post(f"{page}remove/")
    assert Paragraph.objects.get(pk=row.pk).text == row.text


def test_remarks_stand_beside_their_lines(
    plan: Version, lead: User, branch_lead: User, as_user: Any
) -> None:
    asked, seen = plan.paragraph_rows.get(), short.add_paragraph(plan, title="回访")
    short.submit(plan, lead)
    plan.remarks.create(key=asked.key, what="asks", words="请写明人数。", by=branch_lead, at=NOW)
    short.decide(plan, branch_lead, "returned", "请补充。")
    after = short.begin(plan.document, lead)
    for version in (plan, after):
        context = as_user(lead).get(url(version)).context
        rows = {row.title: row for row in context["sections"][0].facts["rows"]}
        assert [one.words for one in rows["讲座"].remarks] == ["请写明人数。"]
        assert (rows["讲座"].is_seen, rows[seen.title].is_seen) == (False, True)


def test_differences_line_by_line(plan: Version, lead: User, branch_lead: User) -> None:
    gone = short.add_paragraph(plan, title="旧的", text="不再做。")
    short.submit(plan, lead)
    short.decide(plan, branch_lead)
    after = short.begin(plan.document, lead)
    after.paragraph_rows.filter(key=gone.key).delete()
    kept = after.paragraph_rows.get()
    kept.text = "每月三场讲座，场场有回访。"
    kept.save()
    short.add_paragraph(after, title="新的", text="读书会。", position=3)
    found = differences.between(plan, after)
    assert [change.what for change in found] == ["changed", "added", "gone"]
    [value] = found[0].values
    assert (value.was, value.now) == ("每月两场讲座，场场有回访。", "每月三场讲座，场场有回访。")


def test_what_was_signed_on_paper_is_in_force_at_once(
    plan: Version, lead: User, as_user: Any
) -> None:

    sent = {"signed_on": "2026-01-20", "signed_by": "秦望舒"}
    file = SimpleUploadedFile("x.pdf", PDF)
    client = as_user(lead)
    assert client.post(url(plan, "signed/"), {**sent, "file": file}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.approved_by) == (State.APPROVED, None)
    assert "秦望舒" in client.get(url(plan)).content.decode()
    assert client.get(f"/files/{plan.scan.key}").status_code == 200


def test_next_year_begins_like_this_one(plan: Version, lead: User, branch_lead: User) -> None:
    plan.milestone_rows.create(title="春", first_day="2026-03-01", last_day="2026-05-31")
    short.submit(plan, lead)
    short.decide(plan, branch_lead)
    document = short.make_document(Work.PLAN, year=2027)

    made = drafts.begin(document=document, by=lead, now=NOW, like=plan)
    row = made.milestone_rows.get()
    assert (str(row.first_day), str(row.last_day)) == ("2027-03-01", "2027-05-31")
    assert made.paragraph_rows.get().text == plan.paragraph_rows.get().text
