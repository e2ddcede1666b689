"""A summary: drafted from what took place, kept as it was read, exported."""

from datetime import date
from io import BytesIO
from unittest.mock import patch

import docx
import pptx
import pytest

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity
from diedie_edu.decisions.models import Request
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.jobs.models import Job
from diedie_edu.office.actions import summaries as actions
from diedie_edu.office.models import SummaryExport, Version, Work
from diedie_edu.office.queries import summaries as queries
from diedie_edu.publicity.actions import consents
from tests.conftest import NOW
from tests.support import office as short
from tests.support.children import NINE, consented
from tests.support.counting import queries_of
from tests.support.exports import on_this_connection
from tests.support.news import agreed, make_picture
from tests.support.office import SCHOOL
from tests.support.papers import UGLY
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HERE, VERSION = "/desk/office/summaries/", "/desk/office/versions/"


@pytest.fixture
def owed(db):
    return short.make_document(Work.SUMMARY)


@pytest.fixture
def season(hold, make_resident):
    """Two sessions, of which one was called after something that breaks careless XML."""
    people = [make_resident() for _ in range(3)]
    first = hold(SCHOOL, date(2026, 3, 10), *people)
    Activity.objects.filter(pk=first.activity_id).update(title=f"讲座{UGLY}")
    hold(SCHOOL, date(2026, 5, 12), people[0])


def work() -> Job:
    with patch("diedie_edu.office.actions.summaries.progress_of", on_this_connection):
        assert run_next(NOW)
    return Job.objects.latest("pk")


@pytest.fixture
def draft(owed, season, lead, as_user) -> Version:
    as_user(lead).post(f"{HERE}of/{owed.pk}/draft/")
    job = work()
    assert (job.state, job.rows_done) == ("done", len(actions.PARTS)), job.reason
    return owed.versions.get()


def word_of(client, version: Version):
    answer = client.get(f"{HERE}{version.pk}/word/")
    assert answer.status_code == 200
    return docx.Document(BytesIO(answer.content))


def figures_in(document) -> dict[str, tuple[str, str]]:
    """By title: the number, and that of the year before."""
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows[1:]]
    return {row[0]: (row[2], row[3]) for row in rows}


def test_one_click_drafts_it_from_what_took_place(draft, lead, as_user):
    rows = {row.slug: row for row in draft.summaryfigure_rows.all()}
    assert (rows["sessions"].number, rows["visits"].number, rows["people"].number) == (
        "2",
        "4",
        "3",
    )
    assert rows["sessions"].definition
    assert rows["visits"].by_month == [0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    texts = "\n".join(draft.paragraph_rows.values_list("text", flat=True))
    assert f"讲座{UGLY}" in texts
    page = as_user(lead).get(f"{VERSION}{draft.pk}/").content.decode()
    assert "暂无可比数据" in page
    assert "-100%" not in page


def test_the_worker_shows_the_way_to_the_draft(draft, lead, as_user):
    client, job = as_user(lead), Job.objects.get()
    answer = client.get(f"{HERE}drafting/{job.pk}/")
    assert answer.headers["Location"] == f"{VERSION}{draft.pk}/"
    assert client.get(f"{VERSION}{draft.pk}/").status_code == 200


def test_a_click_too_many_changes_nothing(draft, lead):
    job = Job.objects.create(
        kind="summary", title="x", params={"document": draft.document_id}, asked_by=lead
    )
    assert work().state == "refused"
    assert draft.document.versions.count() == 1
    assert job.pk


def test_figures_stay_as_they_were_read_until_the_button(draft, hold, lead, as_user, make_resident):
    hold(SCHOOL, date(2026, 6, 9), make_resident())
    client = as_user(lead)
    visits = draft.summaryfigure_rows.get(slug="visits").label
    assert figures_in(word_of(client, draft))[visits][0].startswith("4 ")
    page = client.post(f"{HERE}{draft.pk}/figures/", follow=True).content.decode()
    assert f"{visits} 4 → 5" in page
    assert figures_in(word_of(client, draft))[visits][0].startswith("5 ")
    again = client.post(f"{HERE}{draft.pk}/figures/", follow=True).content.decode()
    assert "没有变化" in again


def test_word_file_reads_back_with_the_same_figures(draft, lead, branch_lead, as_user):
    short.submit(draft, lead)
    short.decide(draft, branch_lead)
    document = word_of(as_user(lead), draft)
    found = figures_in(document)
    for row in queries.summary_of(draft, NOW).figures:
        assert found[row.indicator.title] == (
            f"{row.number} {row.indicator.unit}".rstrip(),
            "暂无可比数据",
        )
    assert any(UGLY in line.text for line in document.paragraphs)


def test_slides_say_the_same(draft, lead, as_user):
    answer = as_user(lead).get(f"{HERE}{draft.pk}/slides/")
    deck = pptx.Presentation(BytesIO(answer.content))
    texts = "\n".join(
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    )
    assert UGLY in texts
    assert "暂无可比数据" in texts


def test_paragraphs_name_no_child_in_full(draft, lead, as_user, make_resident):
    consented(make_resident(full_name="欧阳小满", birth_date=NINE))
    client, row = as_user(lead), draft.paragraph_rows.last()
    page = f"/desk/office/lines/paragraph/{row.pk}/"
    for text, kept in (
        (f"下一步：{UGLY}", True),
        ("感谢欧阳小满。", False),
        ("感谢小满（9岁）。", True),
    ):
        form = client.get(page).context["form"]
        sent = {name: form[name].value() for name in form.fields}
        client.post(page, sent | {"text": text})
        row.refresh_from_db()
        assert (row.text == text) is kept


def pictures_in(part) -> int:
    return len([rel for rel in part.rels.values() if rel.reltype.endswith("/image")])


def test_whoever_withdraws_the_permission_leaves_the_next_export(
    draft, lead, as_user, make_resident
):
    person, client = make_resident(full_name="王春芳"), as_user(lead)
    consent = agreed(person)
    page, picture = f"{HERE}{draft.pk}/pictures/", make_picture(person)
    form = client.get(page).context["form"]
    client.post(page, {"opened": form["opened"].value(), "pictures": [picture.pk]})
    assert pictures_in(word_of(client, draft).part) == 1
    [out] = SummaryExport.objects.all()
    assert (out.pictures, out.extension) == ([picture.pk], "docx")
    consents.withdraw(consent=consent, by=lead, now=NOW)
    assert pictures_in(word_of(client, draft).part) == 0
    assert out.title in client.get("/desk/publicity/gone-out/").content.decode()
    deck = pptx.Presentation(BytesIO(client.get(f"{HERE}{draft.pk}/slides/").content))
    assert not sum(pictures_in(slide.part) for slide in deck.slides)
    assert "大家在写字" not in client.get(f"{VERSION}{draft.pk}/").content.decode()


def test_it_is_reviewed_like_the_others(draft, lead, branch_lead):
    short.submit(draft, lead)
    shown = Request.objects.get().steps.last()
    assert shown is not None
    assert short.decide(draft, branch_lead).state == "approved"
    assert code_of(lambda: actions.refresh(version=draft, by=lead, now=NOW)) == "not_draft"


def test_others_find_no_draft(draft, as_user, make_user):
    other = as_user(make_user(Role.PROGRAMME_LEAD, scope="happy-square"))
    for page in ("print/", "word/", "slides/", "pictures/"):
        assert other.get(f"{HERE}{draft.pk}/{page}").status_code == 404
    assert other.post(f"{HERE}{draft.pk}/figures/").status_code == 404
    assert other.post(f"{HERE}of/{draft.document_id}/draft/").status_code == 404
    assert other.get(f"{HERE}drafting/{Job.objects.get().pk}/").status_code == 404


def test_as_many_queries_for_many_lines_as_for_one(draft, lead, as_user):
    client, pages = as_user(lead), (f"{VERSION}{draft.pk}/", f"{HERE}{draft.pk}/print/")
    before = [queries_of(client, page) for page in pages]
    for place in range(20):
        short.add_paragraph(draft, kind="text", title=f"第{place}段")
    assert [queries_of(client, page) for page in pages] == before
