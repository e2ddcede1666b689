"""Files nobody means well with: refused with a place or a remedy, and nothing is entered."""

from dataclasses import replace

import pytest

from diedie_edu.accounts.permissions import Role
from diedie_edu.common.manifests import parts_by
from diedie_edu.common.spreadsheets.kept import kept_in
from diedie_edu.lists import kinds
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.models import Consent, Resident
from tests.after_school.conftest import TODAY
from tests.after_school.lists.rows import AFTERNOON, CHILD, PUPILS, ROSTER, pupil
from tests.common.spreadsheets.files import page_of, xlsx, zipped
from tests.support.children import consent_text

pytestmark = pytest.mark.django_db
HEADERS = {"pupils": PUPILS, "roster": ROSTER, "afternoons": AFTERNOON}
FILES = {
    "a web page": b"<html><table><tr><td>1</td></tr></table></html>",
    "a broken workbook": b"PK\x03\x04broken",
    "a bomb of zeros": zipped(xl__workbook_xml=b"0" * 60_000_000).replace(b"_xml", b".xml"),
}


@pytest.mark.parametrize("kind", HEADERS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_list_enters_nobody(checked, term, kind, name):
    before = Resident.objects.count()

    job = checked(content=FILES[name], kind=kind)

    assert (job.status, job.content, job.faults_total) == ("faulty", None, 1)
    assert Resident.objects.count() == before


@pytest.mark.parametrize("kind", HEADERS)
def test_a_cell_far_away_is_named_and_not_unrolled(checked, term, kind):
    def far(workbook):
        page_of(workbook)["XFD1048576"] = "!"

    job = checked(content=xlsx(HEADERS[kind], more=far), kind=kind)

    assert "XFD1048576" in job.faults[0]["message"]


@pytest.mark.parametrize("kind", HEADERS)
def test_more_rows_than_a_list_may_hold_are_refused_at_once(checked, term, monkeypatch, kind):
    monkeypatch.setitem(
        parts_by(kinds.ListKind, "slug"), kind, replace(kinds.list_kind(kind), max_rows=2)
    )
    rows = [[f"{TODAY}"] * len(HEADERS[kind])] * 3

    assert "more than 2 rows" in checked(HEADERS[kind], *rows, kind=kind).faults[0]["message"]


@pytest.mark.parametrize("kind", HEADERS)
def test_no_list_of_the_school_takes_a_hundred_thousand_rows(kind):
    assert kinds.list_kind(kind).max_rows <= 500


def test_identity_numbers_in_a_list_are_not_kept(checked, term):
    job = checked([*PUPILS, "身份证号码"], [*pupil(), "110101"], kind="pupils")

    assert job.id_numbers["columns"][0].endswith("“身份证号码”")
    assert "110101" not in str(ImportJob.objects.values())


def test_a_formula_is_a_text_and_no_name(checked, term):
    consent_text()

    rows = (PUPILS, pupil(child="=HYPERLINK(1)"))
    content = "\r\n".join(",".join(row) for row in rows).encode("utf-8-sig")
    job = checked(content=content, kind="pupils")

    assert job.status == "faulty"
    assert "without digits and signs" in job.faults[0]["message"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
def test_csv_is_read_in_the_encodings_of_excel(checked, term, encoding):
    consent_text()
    content = "\r\n".join(",".join(row) for row in (PUPILS, pupil())).encode(encoding)

    job = checked(content=content, kind="pupils")

    assert (job.status, job.rows_new) == ("ready", 1)


@pytest.mark.parametrize(("kind", "column"), [("residents", "姓名"), ("volunteers", "姓名")])
def test_lists_of_people_bring_in_no_child_of_the_school(checked, term, kind, column):
    job = checked([column, "出生日期"], [CHILD, "2017-05-04"], kind=kind)

    assert (job.rows_total, job.preview["left_out"][0]["rows"]) == (0, [2])
    assert CHILD not in str(list(kept_in(job.content).sheets[0].rows()))
    assert not Resident.objects.filter(full_name=CHILD).exists()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("kind", HEADERS)
def test_who_does_not_look_after_children_uploads_no_list_of_them(
    as_user, make_user, checked, term, staff_user, kind
):
    job = checked(content=b" ", kind=kind)
    browser = as_user(make_user(Role.PROGRAMME_LEAD, scope="happy-square"))

    assert browser.get(f"/people/{job.pk}/").status_code == 404
    answer = browser.post("/people/new/", {"kind": kind})
    assert answer.context["form"].errors["kind"]
