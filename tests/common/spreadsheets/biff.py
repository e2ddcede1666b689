"""Old workbooks (.xls) made record by record: no library that we have writes them.

[MS-XLS] for the records, [MS-CFB] for the file around them.
"""

import struct
from collections.abc import Iterable

GENERAL, SECTOR, FREE, END_OF_CHAIN, FAT = 0, 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SHORTEST = 4096  # a shorter stream would lie elsewhere
EMPTY_TEXT = b"\3" + b"\0" * 5 + b"\xff\xff"
ERROR = b"\2\0\x2a" + b"\0" * 3 + b"\xff\xff"


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def wide(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHH", row, column, 1) + wide(text))


def number(row: int, column: int, value: float, style: int = 1) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def error(row: int, column: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 1, 0x2A, 1))


def truth(row: int, column: int, value: bool) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 1, value, 0))


def blank(row: int, column: int) -> bytes:
    return record(0x0201, struct.pack("<HHH", row, column, 1))


def formula(row: int, column: int, result: bytes | float, flags: int = 0) -> bytes:
    told = result if isinstance(result, bytes) else struct.pack("<d", result)
    head = struct.pack("<HHH8sHIH", row, column, 1, told, flags, 0, 0)
    return record(0x0006, head)


def row_about(row: int, *, hidden: bool = False, height: int = 300) -> bytes:
    return record(0x0208, struct.pack("<HHHHHHI", row, 0, 9, height, 0, 0, 0x20 if hidden else 0))


def column_about(column: int, *, hidden: bool) -> bytes:
    return record(0x007D, struct.pack("<HHHHHH", column, column, 2560, 1, int(hidden), 0))


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    return record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def begin(kind: int, version: int = 0x0600) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0x0DBB, 0x07CC, 0, 6))


def xls(
    *cells: bytes, formats: Iterable[int | str] = (), is_1904: bool = False, hidden: bytes = b""
) -> bytes:
    """A workbook of one sheet, 名单; styles from 2 on are of these formats. `hidden` are the cells
    of a second sheet, which nobody sees."""
    sheets = [begin(0x0010) + b"".join(cells) + record(0x000A)]
    if hidden:
        sheets.append(begin(0x0010) + hidden + record(0x000A))
    size = len(_globals([0] * len(sheets), formats, is_1904))
    starts = [size + sum(map(len, sheets[:n])) for n in range(len(sheets))]
    return compound("Workbook", _globals(starts, formats, is_1904) + b"".join(sheets))


def _globals(starts: list[int], formats: Iterable[int | str], is_1904: bool) -> bytes:
    codes, numbers = b"", []
    for index, one in enumerate(formats, 170):
        numbers.append(index if isinstance(one, str) else one)
        if isinstance(one, str):
            codes += record(0x041E, struct.pack("<H", index) + wide(one))
    styles = _style(0, 0xFFF4) + b"".join(_style(one, 1) for one in (GENERAL, *numbers))
    names = b"".join(
        record(0x0085, struct.pack("<IBBBB", start, n, 0, 2, 1) + name.encode("utf-16-le"))
        for n, (start, name) in enumerate(zip(starts, ("名单", "备用"), strict=False))
    )
    date_mode = record(0x0022, struct.pack("<H", is_1904))
    return begin(0x0005) + date_mode + codes + styles + names + record(0x000A)


def _style(form: int, kind: int) -> bytes:
    return record(0x00E0, struct.pack("<HHH", 0, form, kind) + bytes(14))


def compound(stream: str, data: bytes) -> bytes:
    """A file that holds one stream."""
    data = data.ljust(max(SHORTEST, -(-len(data) // SECTOR) * SECTOR), b"\0")
    sectors = len(data) // SECTOR
    chain = [FAT, END_OF_CHAIN, *range(3, sectors + 2), END_OF_CHAIN]
    assert len(chain) <= SECTOR // 4
    table = struct.pack(f"<{SECTOR // 4}I", *chain, *[FREE] * (SECTOR // 4 - len(chain)))
    folder = _entry("Root Entry", 5, 1, END_OF_CHAIN, 0) + _entry(stream, 2, FREE, 2, len(data))
    folder += _entry("", 0, FREE, 0, 0) * 2
    return _head() + table + folder + data


def _head() -> bytes:
    about = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    sizes = struct.pack("<IIIIIIIII", 0, 1, 1, 0, SHORTEST, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + about
        + sizes
        + struct.pack("<109I", 0, *[FREE] * 108)
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = f"{name}\0".encode("utf-16-le") if name else b""
    about = struct.pack("<HBBIII36xII4x", len(text), kind, 1, FREE, FREE, child, start, size)
    return text.ljust(64, b"\0") + about
