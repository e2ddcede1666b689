import struct
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets import archive
from diedie_edu.common.spreadsheets.opening import MAX_UPLOAD
from diedie_edu.common.spreadsheets.reader import read_table
from tests.common.spreadsheets.files import (
    COLUMNS,
    LIST,
    page_of,
    values,
    with_member,
    xlsx,
    zipped,
)

SAVE_AS = (
    " Open it in Excel or WPS, choose “Save as”, type “Excel workbook (.xlsx)”, "
    "and upload the new file."
)
GOOD = xlsx(LIST, ["陈建城", 13812345678])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_table(content, COLUMNS)
    assert refused.value.field == "file"
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty. Choose the file that holds your list."),
        (b"\xef\xbb\xbf \r\n", "The file is empty. Choose the file that holds your list."),
        (b"PK\x03\x04 not a zip", "The file is damaged and cannot be read." + SAVE_AS),
        (GOOD[:-40], "The file is damaged and cannot be read." + SAVE_AS),
        (GOOD[: len(GOOD) // 2], "The file is damaged and cannot be read." + SAVE_AS),
        (OLE, "The file is damaged and cannot be read." + SAVE_AS),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "The file is protected by a password. Take the password off in Excel or WPS, "
            "save the file and upload it again.",
        ),
        (
            "<html><table><tr><td>姓名".encode("gbk"),
            "Behind its name this file is a web page, as some office systems export them."
            + SAVE_AS,
        ),
        (b"\x00\x01binary\x00", "This file is not an Excel workbook or a CSV file." + SAVE_AS),
    ],
)
def test_a_file_that_is_no_list_is_sent_back_with_the_way_out(content, message):
    assert refusal(content) == message


def test_the_name_of_a_file_means_nothing(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes("姓名,手机\n陈建城,13812345678".encode("gbk"))

    with path.open("rb") as file:
        assert read_table(file, COLUMNS).rows[0].values["phone"] == "13812345678"


def test_an_old_excel_file_is_read_with_its_merged_cells_and_dates():
    file = Path(__file__).with_name("excel97.xls").read_bytes()

    rows = values(file)
    assert [row["household"] for row in rows] == ["12-3", "12-3"]
    assert [row["born"] for row in rows] == [date(1958, 3, 9), date(1960, 10, 1)]
    assert [row["phone"] for row in rows] == ["13812345678", "0757-81234567"]


def test_a_file_over_20_mb_is_not_opened():
    assert refusal(b"x" * (MAX_UPLOAD + 1)) == (
        "The file is larger than 20 MB. Take pictures out of it or split the list, "
        "and upload it again."
    )


BOMB = (
    "The file unpacks to far more than a list needs, so it was not opened. "
    "Copy the list into a new workbook and upload that."
)


def test_a_member_that_packs_far_too_well_is_not_unpacked():
    bomb = with_member(GOOD, SHEET, lambda data: data + b" " * (archive.RATIO_MATTERS_FROM + 1))

    assert refusal(bomb) == BOMB


def test_members_that_are_too_large_together_are_not_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1000)

    assert refusal(GOOD) == BOMB


def test_a_member_that_lies_about_its_size_is_found_out(monkeypatch):
    bomb = bytearray(with_member(GOOD, SHEET, lambda data: data + b" " * 4_000_000))
    entry = bomb.rindex(SHEET.encode()) - 46  # its entry in the central directory
    bomb[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000_000)

    assert refusal(bytes(bomb)) == BOMB


def test_a_member_with_another_packing_is_damaged():
    odd = bytearray(GOOD)
    entry = odd.rindex(SHEET.encode()) - 46
    odd[entry + 10 : entry + 12] = struct.pack("<H", 99)

    assert refusal(bytes(odd)).startswith("The file is damaged")


def test_an_encrypted_member_is_protected():
    odd = bytearray(GOOD)
    entry = odd.rindex(SHEET.encode()) - 46
    odd[entry + 8 : entry + 10] = struct.pack("<H", 1)

    assert refusal(bytes(odd)).startswith("The file is protected by a password.")


def test_one_cell_far_away_does_not_take_all_memory():
    def stray(workbook):
        page_of(workbook)["XFD1048576"] = "x"

    assert refusal(xlsx(LIST, ["陈建城", ""], more=stray)) == (
        "A sheet of the file reaches as far as cell XFD1048576. Delete the columns and rows "
        "outside your list, save the file and upload it again."
    )


def test_empty_cells_with_a_border_far_away_do_no_harm():
    def frame(data: bytes) -> bytes:
        far = b'<row r="1048576"><c r="XFD1048576" s="0"/><c r="XFE1048576" s="0" /></row>'
        return data.replace(b"</sheetData>", far + b"</sheetData>")

    assert len(values(with_member(GOOD, SHEET, frame))) == 1


@pytest.mark.parametrize("size", [0, 1, 100, 70_000, 1_500_000])
def test_unpacking_loses_nothing(size):
    easy, hard = b"abc" * size, Random(1).randbytes(size)
    content = zipped(easy=easy, hard=hard)

    unpacking = archive.Unpacking(content)
    unpacked = {
        member.filename: b"".join(unpacking.pieces(member))
        for member in archive.members_of(content)
    }
    assert unpacked == {"easy": easy, "hard": hard}


@pytest.mark.parametrize("cut", range(0, len(GOOD), 97))
def test_a_file_cut_anywhere_is_refused_and_never_crashes(cut):
    with pytest.raises(Refused):
        read_table(GOOD[:cut], COLUMNS)


@pytest.mark.parametrize("position", range(30, len(GOOD), 61))
def test_a_flipped_byte_never_crashes(position):
    spoilt = bytearray(GOOD)
    spoilt[position] ^= 0xFF

    with suppress(Refused):
        read_table(bytes(spoilt), COLUMNS)
