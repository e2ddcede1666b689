"""The child of `old_workbooks`: reads an .xls from its input, within bounds, and answers in pickle.

It is run alone and knows nothing of the portal: `xls_child.py MEMORY SECONDS CELLS ANSWER`. Ends
with a word where there is no answer.
"""

import io
import pickle  # nosec B403: it writes, and does not read
import resource
import struct
import sys
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc

BIFF8 = 80
KINDS = {
    "encryptedpackage": "file_protected",
    "book": "file_of_1995",
    "worddocument": "file_word",
    "wpsdocument": "file_word",
    "powerpoint document": "file_slides",
}
FORMULA, END, BEGINNING = 0x0006, 0x000A, 0x0809  # records
TO_BE_CALCULATED = 0x0002  # a flag of a formula
NOT_CALCULATED = (b"\0" * 8, b"\3" + b"\0" * 5 + b"\xff\xff")  # 0, or the empty text
NO_VALUE = ()  # an error, or a formula without its result


def bound(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(content: bytes, most_cells: int) -> dict[str, Any]:
    check_kind(content)
    book = opened(content)
    told, hidden = [], []
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        if sheet.visibility:
            hidden.append(sheet.name)
            continue
        widths = [filled(sheet.row_types(row)) for row in range(sheet.nrows)]
        height, width = len(widths), max(widths, default=0)
        while height and not widths[height - 1]:
            height -= 1
        most_cells -= height * width
        if most_cells < 0:
            sys.exit(f"sheet_too_spread_out {height - 1} {width - 1}")
        told.append(about(book, sheet, widths[:height]))
    return {"sheets": told, "hidden": hidden, "is_1904": bool(book.datemode)}


def filled(kinds: Any) -> int:
    """How many cells of a row there are up to the last that holds something."""
    return len(bytes(kinds).rstrip(bytes((xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK))))


def check_kind(content: bytes) -> None:
    """What lies in the folder of such a file, at its top, says what it is."""
    folder = CompDoc(content, logfile=io.StringIO()).dirlist
    names = {one.name.lower() for one in folder[1:] if one.parent == 0}
    if "workbook" not in names:
        sys.exit(next((code for name, code in KINDS.items() if name in names), "file_other_format"))


def opened(content: bytes) -> Any:
    try:
        book = xlrd.open_workbook(
            file_contents=content,
            logfile=io.StringIO(),
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
        )
    except xlrd.XLRDError as error:
        sys.exit("file_protected" if "encrypted" in str(error) else "file_damaged")
    if book.biff_version < BIFF8:
        sys.exit("file_of_1995")
    return book


def about(book: Any, sheet: Any, widths: list[int]) -> dict[str, Any]:
    waiting = set(formulas_without_result(book.mem, book._sh_abs_posn[sheet.number]))
    rows = [
        [
            NO_VALUE if (row, column) in waiting else value_of(book, sheet, row, column)
            for column in range(width)
        ]
        for row, width in enumerate(widths)
    ]
    return {
        "name": sheet.name,
        "rows": rows,
        "merged": [
            ((top, left), (bottom - 1, right - 1))
            for top, bottom, left, right in sheet.merged_cells
        ],
        "hidden": [row for row, one in sheet.rowinfo_map.items() if one.hidden or one.height == 0],
        "hidden_columns": [
            column for column, one in sheet.colinfo_map.items() if one.hidden or one.width == 0
        ],
    }


def value_of(book: Any, sheet: Any, row: int, column: int) -> Any:
    """A text, a truth, a number, a pair of a number and its format, or `NO_VALUE`."""
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_ERROR:
        return NO_VALUE
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_TEXT:
        return value
    key = book.xf_list[sheet.cell_xf_index(row, column)].format_key
    code = book.format_map[key].format_str
    return value if code in ("General", "@") else (value, key if code is None else code)


def formulas_without_result(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Cells of a sheet whose formula is still to be calculated: Apache POI writes them so."""
    depth, place = 0, start
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == BEGINNING) - (kind == END)
        if kind == FORMULA and length >= 16:
            row, column, _style, result, flags = struct.unpack_from("<HHH8sH", stream, place + 4)
            if flags & TO_BE_CALCULATED and result in NOT_CALCULATED:
                yield row, column
        place += 4 + length
        if not depth:
            return


def main() -> None:
    memory, seconds, cells, most = map(int, sys.argv[1:])
    bound(memory, seconds)
    try:
        told = pickle.dumps(answer(sys.stdin.buffer.read(), cells))
    except MemoryError:
        sys.exit("file_unpacks_too_big")
    except Exception:  # xlrd raises whatever a spoilt byte leads it to
        sys.exit("file_damaged")
    if len(told) > most:
        sys.exit("file_unpacks_too_big")
    sys.stdout.buffer.write(told)


if __name__ == "__main__":
    main()
