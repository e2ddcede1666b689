"""Identity numbers in a list are named as not taken, and leave no trace: not in the file that a
job keeps, the preview, the faults or the logs."""

import json
import logging

import pytest
from django.core.files.storage import default_storage

from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.id_numbers import NAMED, check_character, places_in, without_numbers
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.spreadsheets.columns import columns_to_read
from diedie_edu.common.spreadsheets.kept import STEMS, _may_hold, kept_in, without_id_numbers
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.models import Resident
from tests.common.spreadsheets.files import page_of, xlsx
from tests.people.conftest import CHEN, RESIDENTS, WANG

pytestmark = pytest.mark.django_db
KINDS = {kind.slug: kind for kind in parts_of(ListKind)}
BODY = "99000119580321101"  # of an area that was never given
NUMBER = BODY + check_character(BODY)
SPACED = f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}"
TITLES = [*RESIDENTS, "身份证号码", "备注"]
ROW = [*CHEN, NUMBER, f"党员，证件{SPACED}。"]


def traces() -> str:
    """All that is kept: files as they lie there and as they unpack, and the rows of jobs."""
    kept = [default_storage.open(file.path).read() for file in StoredFile.objects.all()]
    told = list(ImportJob.objects.values("title", "params", "preview", "faults", "reason"))
    rows = [[list(sheet.rows()) for sheet in kept_in(one).sheets] for one in kept]
    return json.dumps([told, rows], ensure_ascii=False, default=str) + str(kept)


def csv(*rows, encoding="utf-8") -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode(encoding)


FILES = {
    "xlsx": lambda: xlsx(TITLES, ROW, WANG),
    "csv": lambda: csv(TITLES, ROW, WANG),
    "gbk": lambda: csv(TITLES, ROW, WANG, encoding="gbk"),
    "utf-16": lambda: csv(TITLES, ROW, WANG, encoding="utf-16"),
}


@pytest.mark.parametrize("name", FILES)
def test_numbers_are_named_as_not_taken_and_not_kept(upload, now, name, caplog):
    caplog.set_level(logging.DEBUG)
    job = upload(content=FILES[name](), file_name=f"名单{NUMBER}.xlsx")

    for _step in range(2):
        assert NUMBER[:17] not in traces()
        assert NUMBER[6:17] not in traces().replace(" ", "")
        run_next(now)
    job.refresh_from_db()

    assert (job.status, job.rows_new) == ("ready", 2)
    assert job.id_numbers == {"columns": ["F “身份证号码”"], "cells": ["G2"]}
    assert job.preview["unread_columns"] == ["F “身份证号码”", "G “备注”"]
    assert NUMBER[:17] not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_list_comes_in_without_them(loaded):
    job = loaded(TITLES, ROW, [*WANG, "", ""])

    assert (job.status, job.rows_new) == ("done", 2)
    chen = Resident.objects.get(full_name="陈建城")
    assert (str(chen.birth_date), chen.phone) == ("1958-03-21", "13812345678")


def test_what_the_file_holds_besides_is_kept(upload, now):
    """Merged households, hidden rows, days as days."""

    def more(book):
        page = page_of(book)
        page.merge_cells("E2:E3")
        page.row_dimensions[3].hidden = True

    son = ["陈小明", "男", "1990年5月1日", "", None, "", ""]
    job = upload(TITLES, ROW, son, more=more)
    run_next(now)
    job.refresh_from_db()

    assert (job.rows_new, job.preview["hidden_rows"]) == (2, [3])
    [question] = job.preview["questions"] or [None] if job.asks else [None]
    assert question is None
    table = read_table(kept_in(job.content), KINDS["residents"].columns(local_day(now)))
    assert [row.values["household"] for row in table.rows] == ["12-3-501", "12-3-501"]


def test_a_list_without_numbers_is_kept_as_it_is(upload):
    content = xlsx(RESIDENTS, CHEN, WANG)

    assert upload(content=content).content == content


def test_a_column_goes_whatever_stands_in_it(checked):
    job = checked([*RESIDENTS, "身份证号"], [*CHEN, "见档案"])

    assert job.id_numbers == {"columns": ["F “身份证号”"], "cells": []}


def test_a_note_about_numbers_above_the_titles_takes_nothing_away(checked):
    job = checked(["身份证号请勿填写"], RESIDENTS, CHEN)

    assert (job.status, job.rows_new, job.id_numbers) == ("ready", 1, {})


def test_a_number_in_a_column_that_is_read_is_a_fault_or_goes(checked):
    job = checked(["姓名", "户号"], [f"陈建城{NUMBER}", "1-1"])

    assert (job.status, job.id_numbers["cells"]) == ("ready", ["A2"])
    assert job.preview["rows"][0]["name"] == "陈建城"


def test_numbers_on_other_sheets_go_as_well(upload):
    def more(book):
        page = book.create_sheet("旧")
        page.append(["证件编号", "x"])
        page.append([SPACED, "y"])

    assert upload(RESIDENTS, CHEN, more=more).content is not None
    assert NUMBER[6:17] not in traces().replace(" ", "")


@pytest.mark.parametrize("slug", KINDS)
def test_no_list_keeps_them_but_in_the_column_that_takes_them(slug):
    columns = columns_to_read(KINDS[slug].columns(local_day(local_now())))
    titles = [*(column.title for column in columns), "身份证件号", "备注一"]
    cells = [NUMBER] * len(titles)

    kept = without_id_numbers(xlsx(titles, cells), columns)

    assert kept is not None
    [sheet] = kept_in(kept.content).sheets
    left = [title for title, cell in zip(titles, list(sheet.rows())[1], strict=True) if cell]
    assert left == [column.title for column in columns if column.takes_id_numbers]


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        SPACED,
        NUMBER.translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
        f"号码{NUMBER}，",
        "11010519491231002x",
    ],
)
def test_a_number_is_found_however_it_is_written(text):
    assert len(list(places_in(text))) == 1
    assert without_numbers(text) in ("", "号码，")


@pytest.mark.parametrize(
    "text",
    [
        *("13812345678 13912345678", f"{BODY}{'0' if NUMBER[17] != '0' else '1'}"),
        *("6222021234567890123", "990001195813211016", "91440606MA4W000000"),
    ],
)
def test_other_numbers_stay(text):
    assert without_numbers(text) == text


def test_a_file_that_may_hold_numbers_and_cannot_be_read_is_not_kept(upload):
    with pytest.raises(Refused):
        upload(content=f"<html>身份证号 {NUMBER}</html>".encode())
    assert not StoredFile.objects.exists()


def test_numbers_that_a_program_took_for_numbers_go(upload):
    upload(["姓名", "户号", "其他"], ["陈建城", "1-1", int(NUMBER[:15] + "000")])

    assert NUMBER[:15] not in traces()
    assert imports.UPLOAD in StoredFile.objects.values_list("kind", flat=True)


def test_the_quick_look_at_bytes_knows_every_word_of_a_title():
    words = [word for word in NAMED.pattern.split("|") if not word.isascii()]

    assert [word for word in words if not any(stem in word for stem in STEMS)] == []


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "cell",
    [NUMBER, SPACED, "9900 0119 5803 2110 11", "９９００".ljust(18, "１"), "1.1010119900307E+17"],
)
def test_the_quick_look_finds_numbers_in_each_encoding(encoding, cell):
    assert _may_hold(f"姓名,户\n陈建城,{cell}\n".encode(encoding))
