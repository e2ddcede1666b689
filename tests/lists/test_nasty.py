"""Lists as offices really send them: every fault has its place and remedy, nothing changes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from diedie_edu.common.manifests import parts_by
from diedie_edu.lists import kinds
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.models import Household, Resident
from tests.common.spreadsheets.files import page_of, xlsx, zipped
from tests.people.conftest import CHEN, RESIDENTS, WANG

pytestmark = pytest.mark.django_db
EXCEL_97 = Path(__file__).parents[1] / "common" / "spreadsheets" / "excel97.xls"


def csv(*rows: list[str], encoding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


def with_second_sheet(workbook):
    page = workbook.create_sheet("旧名单")
    page.append(RESIDENTS)
    page.append(WANG)


def bomb(workbook):
    page_of(workbook)["XFD1048576"] = "!"


FILES = {
    "a web page named .xlsx": (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "This is a picture"),
    "nothing": (b" ", "The file is empty"),
    "a broken workbook": (b"PK\x03\x04broken", "Save as"),
    "another archive": (zipped(a=b"x"), "packed folder"),
    "a bomb of zeros": (
        zipped(xl__workbook_xml=b"0" * 60_000_000).replace(b"_xml", b".xml"),
        "",
    ),
    "a cell far away": (xlsx(RESIDENTS, CHEN, more=bomb), "XFD1048576"),
    "no header": (xlsx(CHEN, WANG), "column titles"),
    "no rows": (xlsx(RESIDENTS), "no rows"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_list_says_what_to_do(checked, name):
    content, words = FILES[name]

    job = checked(content=content)

    assert (job.status, job.content, job.faults_total) == ("faulty", None, 1)
    assert words in job.faults[0]["message"]
    assert_nothing_changed()


CELLS = {
    "phone": ([*CHEN[:3], "1381234567", ""], "row 2, column D “联系电话”", "11 digits"),
    "long number": (
        [*CHEN[:3], 1.10101199003074e17, ""],
        "row 2, column D “联系电话”",
        "Set the column to “Text”",
    ),
    "birth date": (
        ["陈建城", "男", "58年", "", ""],
        "row 2, column C “出生日期”",
        "year, month and day like",
    ),
    "impossible day": (["陈建城", "男", "1958-02-30", "", ""], "column C", "no such day"),
    "birth date ahead": (["陈建城", "男", "2958-03-21", "", ""], "column C", "Check the year"),
    "gender": (["陈建城", "不详", "", "", ""], "row 2, column B “性别”", "female, male"),
    "name": (["陈", "", "", "", ""], "row 2, column A “姓名”", "2 to 50 characters"),
    "no name": (["", "男", "", "", ""], "row 2, column A “姓名”", "delete the whole row"),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_bad_cell_is_named_with_its_remedy_and_not_quoted(checked, name):
    cells, place, remedy = CELLS[name]

    job = checked(RESIDENTS, cells, WANG)

    [fault] = job.faults
    assert fault["place"].startswith("Sheet “居民”, ")
    assert place in fault["place"]
    assert remedy in fault["message"]
    assert not any(str(cell) in fault["message"] for cell in cells if cell)
    assert_nothing_changed()


HEADERS = {
    "missing": (["性别", "联系电话", "户号"], "column “Full name” is missing"),
    "twice": (["姓名", "联系电话", "手机"], "same title"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_bad_header_is_named(checked, name):
    header, words = HEADERS[name]

    job = checked(header, ["陈建城", "", ""])

    assert job.faults_total == 1
    assert job.faults[0]["place"].startswith("Sheet “居民”, row 1")
    assert words in job.faults[0]["message"]


def test_two_sheets_with_lists_are_a_question_and_another_sheet_is_told(checked):
    job = checked(RESIDENTS, CHEN, more=with_second_sheet)
    assert "“旧名单” holds a list as well" in job.faults[0]["message"]

    job = checked(RESIDENTS, CHEN, more=lambda book: book.create_sheet("说明").append(["请填"]))
    assert (job.status, job.preview["unread_sheets"]) == ("ready", ["说明"])


def test_columns_that_stay_out_are_told(checked):
    job = checked([*RESIDENTS, "备注"], [*CHEN, "不存"])

    assert job.preview["unread_columns"] == ["F “备注”"]
    assert "不存" not in str(job.preview)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_of_excel(checked, encoding):
    job = checked(content=csv(RESIDENTS, CHEN, encoding=encoding))

    assert (job.status, job.rows_new) == ("ready", 1)


def test_an_old_workbook_is_read_by_what_it_is_and_not_by_its_name(checked):
    job = checked(content=EXCEL_97.read_bytes(), file_name="名单.xlsx")

    assert job.status in {"ready", "faulty"}
    assert all(fault["place"] for fault in job.faults)


def test_titles_above_blank_rows_below_and_merged_households(checked):
    def merge(workbook):
        page = page_of(workbook)
        page.merge_cells("A1:E1")
        page.merge_cells("E3:E4")

    son = ["陈小明", "男", "1990年5月1日", "", ""]
    job = checked(["叠二社区花名册"], RESIDENTS, CHEN, son, [], [" "], more=merge)

    assert (job.status, job.rows_total) == ("ready", 2)
    assert [row["row"] for row in job.preview["rows"]] == [3, 4]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_rows(checked):
    rows = [["陈", "", "", "", ""] for _row in range(600)]

    job = checked(RESIDENTS, ["陈建城", "男", "x", "y", ""], *rows)

    assert (job.faults_total, len(job.faults)) == (602, 500)
    assert [fault["place"].split(", ")[2] for fault in job.faults[:2]] == [
        "column C “出生日期”",
        "column D “联系电话”",
    ]


def test_more_rows_than_allowed_are_refused_before_they_fill_the_memory(checked, monkeypatch):
    few = replace(kinds.list_kind("residents"), max_rows=2)
    monkeypatch.setitem(parts_by(kinds.ListKind, "slug"), "residents", few)

    job = checked(RESIDENTS, CHEN, WANG, ["陈小明", "", "", "", ""])

    assert "more than 2 rows" in job.faults[0]["message"]


def test_the_preview_shows_what_changes_first_from_what_to_what(checked, make_resident):
    make_resident(full_name="王洪斌", birth_date=date(1962, 7, 1))

    job = checked(RESIDENTS, CHEN, WANG)

    assert (job.rows_new, job.rows_changed) == (1, 1)
    changed, new = job.preview["rows"]
    assert (new["name"], new["detail"], new["state"]) == ("陈建城", "13812345678", "new")
    told = {change["title"]: (change["old"], change["new"]) for change in changed["changes"]}
    assert list(told) == ["Gender", "Contact phone", "Household"]
    assert told["Gender"][0] == ""
    assert told["Contact phone"][1].startswith("1")


def test_whoever_may_not_see_people_whole_gets_them_covered(checked, make_resident, monkeypatch):
    make_resident(full_name="王洪斌", birth_date=date(1962, 7, 1))
    covered = replace(kinds.list_kind("residents"), sees_whole=lambda _user: False)
    monkeypatch.setitem(parts_by(kinds.ListKind, "slug"), "residents", covered)

    job = checked(RESIDENTS, CHEN, WANG)

    changed, new = job.preview["rows"]
    assert (new["name"], new["detail"]) == ("陈**", "138****5678")
    assert {(change["old"], change["new"]) for change in changed["changes"]} == {("", "")}
    assert "建城" not in str(ImportJob.objects.values("preview", "faults"))


def assert_nothing_changed() -> None:
    assert not Resident.objects.filter(account=None).exists()
    assert not Household.objects.exists()
