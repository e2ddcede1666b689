"""Files nobody means well with, on every kind of list that enters row by row."""

import pytest

from diedie_edu.activities.models import Activity, Attendance, SignUp
from diedie_edu.jobs.actions import leases
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists import kinds
from diedie_edu.lists.actions import imports
from tests.common.spreadsheets.files import page_of, xlsx, zipped
from tests.support.races import meanwhile

pytestmark = pytest.mark.django_db
HEADERS = {
    "signups": ["活动编号", "姓名", "联系电话"],
    "attendance": ["场次编号", "姓名", "联系电话", "到场"],
    "lectures": ["讲座名称", "专题", "日期", "开始时间", "结束时间", "场地", "名额"],
}
FILES = {
    "a web page": b"<html><table><tr><td>1</td></tr></table></html>",
    "a broken workbook": b"PK\x03\x04broken",
    "a bomb of zeros": zipped(xl__workbook_xml=b"0" * 60_000_000).replace(b"_xml", b".xml"),
}


@pytest.mark.parametrize("kind", HEADERS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_list_enters_nothing(checked, kind, name):
    job = checked(content=FILES[name], kind=kind)

    assert (job.status, job.content, job.faults_total) == ("faulty", None, 1)
    for model in (Activity, SignUp, Attendance):
        assert not model.objects.exists()


@pytest.mark.parametrize("kind", HEADERS)
def test_a_cell_far_away_is_named_and_not_unrolled(checked, kind):
    def far(workbook):
        page_of(workbook)["XFD1048576"] = "!"

    assert (
        "XFD1048576"
        in checked(content=xlsx(HEADERS[kind], more=far), kind=kind).faults[0]["message"]
    )


@pytest.mark.parametrize("kind", HEADERS)
def test_a_hundred_thousand_rows_are_refused_at_the_first_too_many(checked, kind):
    most = kinds.list_kind(kind).max_rows
    lines = [",".join(HEADERS[kind]), *["1,陈建城,,是,1,1,1"[: 2 * len(HEADERS[kind])]] * 100_000]

    job = checked(content="\r\n".join(lines).encode("gbk"), kind=kind)

    assert most <= 500
    assert f"more than {most} rows" in job.faults[0]["message"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
def test_csv_is_read_in_the_encodings_of_excel(checked, make_lecture, make_resident, encoding):
    make_resident(full_name="陈建城")
    text = f"活动编号,姓名,联系电话\r\n{make_lecture().pk},陈建城,"

    job = checked(content=text.encode(encoding), kind="signups")

    assert (job.status, job.rows_new) == ("ready", 1)


@pytest.mark.parametrize("name", ["=1+1", "@cmd", "+HYPERLINK(1)", "-2"])
def test_a_formula_for_a_name_is_nobody(checked, make_lecture, name):
    text = f"活动编号,姓名,联系电话\r\n{make_lecture().pk},{name},"

    job = checked(content=text.encode("utf-8-sig"), kind="signups")

    assert "Nobody in the register" in job.faults[0]["message"]
    assert name not in str(job.faults)


@pytest.mark.django_db(transaction=True)
def test_progress_is_told_row_by_row(upload, make_lecture, make_resident, now, monkeypatch):
    lecture = make_lecture(capacity=9)
    rows = [[lecture.pk, make_resident(full_name=name).full_name, ""] for name in ("陈一", "陈二")]
    job, seen = upload(HEADERS["signups"], *rows, kind="signups"), []
    run_next(now)

    def look(progress, rows, add=leases.Progress.add):
        add(progress, rows)
        seen.append(meanwhile(lambda: type(job).objects.get().rows_done).result())

    monkeypatch.setattr(leases.Progress, "add", look)
    assert imports.confirm_import(job=job)
    run_next(now)

    assert seen == [0, 0, 1, 2]
