"""What the parser of .xlsx keeps from us: how far a sheet reaches, and cells without a value.

The parser builds a dense table, so one stray cell at XFD1048576 would take all memory; and
it reads #N/A, or a formula that was never calculated, as an empty cell.
"""

import re
from html import unescape

from diedie_edu.common.spreadsheets import refusals
from diedie_edu.common.spreadsheets.columns import column_index, column_letter

Position = tuple[int, int]
"""Row and column of a cell, both from zero."""

MAX_CELLS = 5_000_000  # height times width of a sheet

# Every repetition is bounded: the bytes come from outside.
_P = rb"(?:\w{1,20}:)?"  # XML prefix
_IN_TAG = rb"[^<>]{0,300}?"
_AT = rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']"""
_EMPTY = rb"""(?:\s[\w:]{1,20}="\w{0,20}"){0,8}\s?/>"""
_WITH_CONTENT = re.compile(_AT + rb"(?!" + _EMPTY + rb")")
_WITH_ERROR = re.compile(rb"<" + _P + rb"c\b(?=" + _IN_TAG + rb"""\st=["']e["'])""" + _IN_TAG + _AT)
_FORMULA_WITHOUT_VALUE = re.compile(
    rb"<" + _P + rb"c\b" + _IN_TAG + _AT + _IN_TAG + rb">"
    rb"<" + _P + rb"f\b" + _IN_TAG + rb"(?:/>|>[^<]{0,9000}</" + _P + rb"f>)"
    rb"(?:<" + _P + rb"v\s?/>|<" + _P + rb"v></" + _P + rb"v>)?</" + _P + rb"c>"
)
_TAG = re.compile(rb"<" + _P + rb"(?:sheet|Relationship)\s[^<>]{0,2000}>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def check_spread(sheet: bytes) -> None:
    """Raises `Refused` (`sheet_too_spread_out`) where the table would be too large to build."""
    cells = _WITH_CONTENT.findall(sheet)
    last_column = max(map(_index, {letters for letters, _row in cells}), default=0)
    height = max(map(int, {row for _letters, row in cells}), default=0)
    if (last_column + 1) * height > MAX_CELLS:
        raise refusals.too_spread_out(f"{column_letter(last_column)}{height}")


def unreadable_cells(sheet: bytes) -> frozenset[Position]:
    """Cells that show an error, or a formula that was saved without its result."""
    patterns = []
    if b't="e"' in sheet or b"t='e'" in sheet:
        patterns.append(_WITH_ERROR)
    if b"<f" in sheet or b":f" in sheet:
        patterns.append(_FORMULA_WITHOUT_VALUE)
    return frozenset(
        (int(row) - 1, _index(letters))
        for pattern in patterns
        for letters, row in pattern.findall(sheet)
    )


def parts_of_sheets(workbook: bytes, relations: bytes) -> dict[str, str]:
    """The name of each sheet and of the member of the archive that holds it."""
    targets = {tag.get("Id"): tag.get("Target", "") for tag in _tags(relations)}
    return {
        tag.get("name", ""): _member_name(targets.get(tag.get("r:id"), ""))
        for tag in _tags(workbook)
    }


def _index(letters: bytes) -> int:
    return column_index(letters.decode().upper())


def _tags(xml: bytes) -> list[dict[str, str]]:
    return [
        {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag.decode(errors="replace"))}
        for tag in _TAG.findall(xml)
    ]


def _member_name(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
