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

_P = rb"(?:\w+:)?"  # XML prefix
_CELL = rb"<" + _P + rb"c\b"
_AT = rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']"""
_WITH_CONTENT = re.compile(_CELL + rb"[^>]*?" + _AT + rb"[^>]*(?<!/)>")
_WITH_ERROR = re.compile(_CELL + rb"""(?=[^>]*\st=["']e["'])[^>]*?""" + _AT)
_FORMULA_WITHOUT_VALUE = re.compile(
    _CELL + rb"[^>]*?" + _AT + rb"[^>]*>"
    rb"<" + _P + rb"f\b[^>]*?(?:/>|>[^<]*</" + _P + rb"f>)"
    rb"(?:<" + _P + rb"v\s*/>|<" + _P + rb"v></" + _P + rb"v>)?</" + _P + rb"c>"
)
_TAG = re.compile(rb"<" + _P + rb"(?:sheet|Relationship)\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def check_spread(sheet: bytes) -> None:
    """Raises `Refused` (`sheet_too_spread_out`) where the table would be too large to build."""
    cells = _WITH_CONTENT.findall(sheet)
    width = (
        max((column_index(letters.decode()) for letters in {c for c, _ in cells}), default=0) + 1
    )
    height = max(map(int, {row for _, row in cells}), default=0)
    if width * height > MAX_CELLS:
        raise refusals.too_spread_out(f"{column_letter(width - 1)}{height}")


def unreadable_cells(sheet: bytes) -> frozenset[Position]:
    """Cells that show an error, or a formula that was saved without its result."""
    patterns = []
    if b't="e"' in sheet or b"t='e'" in sheet:
        patterns.append(_WITH_ERROR)
    if b"<f" in sheet or b":f" in sheet:
        patterns.append(_FORMULA_WITHOUT_VALUE)
    return frozenset(
        (int(row) - 1, column_index(letters.decode()))
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


def _tags(xml: bytes) -> list[dict[str, str]]:
    return [
        {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag.decode(errors="replace"))}
        for tag in _TAG.findall(xml)
    ]


def _member_name(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
