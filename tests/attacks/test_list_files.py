"""A hostile file is refused with a word, early, within a bound of memory and time.

They are made here, harmless and in memory; `read_bounded` reads them where memory is limited.
"""

import struct
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.storage import default_storage

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets import delimited, old_workbooks, xml_member
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.actions.leases import claim
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from tests.common import spreadsheets
from tests.common.spreadsheets.files import COLUMNS, values, with_member, xlsx
from tests.common.spreadsheets.raw import TITLES as TITLES_IN_XML
from tests.common.spreadsheets.raw import raw
from tests.support.bounded import read_bounded

TITLES = ["姓名", "手机"]
GOOD = xlsx(TITLES, ["陈建城", "13812345678"])
SHEET = "xl/worksheets/sheet1.xml"
SECONDS = 8  # of a processor, on a slow machine beside others
RANDOM = Random(1)


def digits() -> int:
    """What hardly packs, as hostile files have to be."""
    return RANDOM.randrange(10**9)


def sheet(xml: bytes) -> bytes:
    """A workbook with more rows than it had."""
    return with_member(
        GOOD, SHEET, lambda data: data.replace(b"</sheetData>", xml + b"</sheetData>")
    )


def rows(one: str, number: int) -> bytes:
    return b"".join((one % {"n": n, "x": digits()}).encode() for n in range(3, 3 + number))


def shared(text: str, cells: int) -> bytes:
    """One long text that very many cells show."""
    one = '<row r="%(n)d"><c r="A%(n)d" t="s"><v>0</v></c></row>'
    filled = TITLES_IN_XML.format(title="手机") + rows(one, cells).decode()
    return raw(f"<sheetData>{filled}</sheetData>", texts=f"<si><t>{text}</t></si>")


def wide(cells: int) -> bytes:
    """Long texts, each with a sign that takes four bytes, and makes every other one do so."""
    text = "\U00020bb7" + "".join(str(digits()) for _ in range(350)) * 10
    one = f'<row r="%(n)d"><c r="C%(n)d" t="inlineStr"><is><t>%(x)d{text}</t></is></c></row>'
    return sheet(rows(one, cells))


def with_one_more(content: bytes, name: str) -> bytes:
    file = BytesIO(content)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, archive.read(SHEET))
    return file.getvalue()


def elsewhere(content: bytes) -> bytes:
    """The same with its sheet under another name, and no ending that tells what it is."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name).replace(b"worksheets/sheet1.xml", b"media/picture.png")
            new.writestr(name.replace("worksheets/sheet1.xml", "media/picture.png"), data)
    return file.getvalue()


def csv(line: str, number: int) -> bytes:
    return "姓名,手机\n".encode() + line.encode() * number


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "as offices send it": (lambda: GOOD, "1 rows"),
    "attributes twice": (
        lambda: sheet(rows('<row r="%(n)d"><c r="A%(n)d" r="B1" t="n" t="n"/></row>', 50_000)),
        "file_damaged",
    ),
    "very many attributes": (
        lambda: sheet(b"<row " + rows('a%(n)d="%(x)d" ', 30_000) + b"/>"),
        "file_damaged",
    ),
    "very many merged ranges": (
        lambda: sheet(rows('<mergeCell ref="A%(n)d:B%(n)d"/>', 250_000)),
        "file_unpacks_too_big",
    ),
    "very many broken cells": (
        lambda: sheet(rows('<row r="%(n)d"><c r="A%(n)d" t="e"><v>%(x)d</v></c></row>', 250_000)),
        "too_many_rows",
    ),
    "formulas for very many cells": (
        lambda: sheet(
            rows(
                '<row r="%(n)d"><c><f t="array" ref="A%(n)d:XFD%(n)d">%(x)d</f></c></row>',
                20_000,
            )
        ),
        "file_unpacks_too_big",
    ),
    "very many hidden columns": (
        lambda: sheet(rows('<col min="1" max="16384" hidden="1" style="%(x)d"/>', 100_000)),
        "file_damaged",
    ),
    "one endless tag": (
        lambda: sheet(b'<row r="' + rows("%(x)d", 2_000_000) + b'"/>'),
        "file_unpacks_too_big",
    ),
    "cells far to the right": (
        lambda: sheet(rows('<row r="%(n)d"><c r="XFD%(n)d"><v>%(x)d</v></c></row>', 5_000)),
        "sheet_too_spread_out",
    ),
    "long texts of wide signs": (lambda: wide(3_000), "file_unpacks_too_big"),
    "two members of one name": (
        lambda: with_one_more(GOOD, SHEET.upper()),
        "file_damaged",
    ),
    "entities": (
        lambda: with_member(GOOD, SHEET, lambda data: b'<!DOCTYPE a [<!ENTITY x "y">]>' + data),
        "file_damaged",
    ),
    "a long text in many cells": (lambda: shared("x" * 30_000, 100_000), "file_unpacks_too_big"),
    "more rows than a list has": (lambda: csv("陈建城,13812345678\n", 400_000), "too_many_rows"),
    "blank lines": (lambda: csv("\n", 19_000_000), "too_many_rows"),
    "one line of commas": (lambda: csv(",", 19_000_000), "sheet_too_spread_out"),
    "a quotation that never ends": (lambda: csv('"a,\n', 4_000_000), "file_quotes"),
}


def test_every_hostile_file_is_refused_within_the_bounds():
    found = read_bounded([make() for make, _said in FILES.values()])

    said = dict(zip(FILES, found, strict=False))
    assert {name: one[0] for name, one in said.items()} == {
        name: code for name, (_make, code) in FILES.items()
    }
    assert max(seconds for _said, seconds in found) < SECONDS


def test_without_the_bounds_the_memory_does_not_suffice():
    """The negative control: a child that breaks its bound answers nothing."""
    bomb = FILES["cells far to the right"][0]()

    assert read_bounded([bomb], without="MAX_CELLS") == []


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read_table(content, COLUMNS)
    return refused.value


def old_workbook(cell: tuple[int, int]) -> bytes:
    """An .xls with one of its texts moved to a row and a column."""
    content = (Path(spreadsheets.__file__).parent / "excel97.xls").read_bytes()
    text = content.index(b"\xfd\x00\x0a\x00") + 4
    return content[:text] + struct.pack("<HH", *cell) + content[text + 4 :]


def test_an_old_workbook_is_read_by_a_child_with_bounds(monkeypatch):
    assert len(values(old_workbook((0, 0)))) == 2
    assert refusal(old_workbook((65_535, 255))).code == "sheet_too_spread_out"
    large = old_workbook((0, 0)) + bytes(4_000_000)
    assert len(values(large)) == 2
    monkeypatch.setattr(old_workbooks, "MEMORY", 1 << 20)
    assert refusal(large).code == "file_unpacks_too_big"


def test_an_old_workbook_takes_only_so_much_time(monkeypatch):
    monkeypatch.setattr(old_workbooks, "SECONDS", 0)

    assert refusal(old_workbook((0, 0))).code == "file_unpacks_too_big"


# --- Kept nowhere ------------------------------------------------------------------------


def _discard(job, now):
    imports.discard_import(job=job, now=now)


def _nobody_confirms(job, now):
    imports.tidy(job.asked_at + timedelta(days=2))


def _load(job, now):
    imports.confirm_import(job=job)
    run_next(now)


def _workers_die(job, now):
    imports.confirm_import(job=job)
    for minutes in range(0, 10, 2):
        claim(now + timedelta(minutes=minutes))


def _account_goes(job, now):
    job.delete()
    imports.tidy(now)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [_discard, _nobody_confirms, _load, _workers_die, _account_goes])
def test_an_uploaded_file_goes_with_every_end(checked, now, end):
    job = checked(content=xlsx(TITLES, ["陈建城", "13812345678"]))
    kept = job.given

    end(job, now)

    assert not StoredFile.objects.exists()
    assert not default_storage.exists(kept.path)


@pytest.mark.django_db(transaction=True)
def test_a_faulty_or_hostile_file_goes_at_once(checked):
    for content in (xlsx(TITLES, ["陈", ""]), FILES["entities"][0]()):
        assert checked(content=content).status == "faulty"
    assert not StoredFile.objects.exists()


# --- One encoding ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        ([("姓名,户", "gbk"), ("李明,西街", "utf-8")], 2),
        ([("姓名,户", "utf-8"), ("李明,西街", "gbk")], 1),
        ([("姓名,户", "gbk"), ("王芳,x", "gbk"), ("陈建城,x", "utf-8"), ("王红,x", "gbk")], 3),
        ([("姓名,户", "utf-8-sig"), ("李明,x", "utf-8"), ("王芳,x", "gbk")], 3),
        ([("姓名,户", "gbk"), ("李明,", "gbk"), ("东街", "utf-8")], 3),
    ],
)
def test_two_encodings_in_one_file_are_refused_with_the_row(lines, row):
    content = b"\n".join(text.encode(encoding) for text, encoding in lines)

    said = refusal(content)

    assert said.code == "file_mixed"
    assert f"第{row}行" in str(said)


def test_without_that_they_load_as_other_characters(monkeypatch):
    """The negative control: 李明 as a GBK program shows its UTF-8."""
    monkeypatch.setattr(delimited, "_is_rather_utf_8", lambda _word: False)

    assert values("姓名,户\n".encode("gbk") + "李明,x".encode())[0]["name"] == "鏉庢槑"


def test_rare_names_in_gbk_are_taken_for_what_they_are():
    names = ["淇卞涙", "涵瀚浩", "潞潞璐", "女婧", "赟喆", "鑫淼焱"]
    content = "\n".join(["姓名,户", *(f"{name},女" for name in names)]).encode("gb18030")

    assert [row["name"] for row in values(content)] == names


# --- What the parser does not tell -------------------------------------------------------


def test_a_sheet_that_lies_elsewhere_in_the_archive_is_looked_at(monkeypatch):
    content = elsewhere(GOOD)
    assert values(content)
    monkeypatch.setattr(xml_member, "MAX_CELLS", 1)

    assert refusal(content).code == "sheet_too_spread_out"


def test_cells_that_do_not_say_where_they_are_count(monkeypatch):
    monkeypatch.setattr(xml_member, "MAX_CELLS", 100)
    bare = sheet(b"<row>" + b"<c><v>1</v></c>" * 60 + b"</row>")

    assert refusal(bare).code == "sheet_too_spread_out"


def test_all_sheets_together_have_one_bound(monkeypatch):
    def more(workbook):
        for number in range(4):
            workbook.create_sheet(f"S{number}").append(["x"] * 10)

    monkeypatch.setattr(xml_member, "MAX_CELLS", 30)

    assert refusal(xlsx(TITLES, ["陈建城", ""], more=more)).code == "sheet_too_spread_out"
    assert values(GOOD)
