"""Workbooks of before 2007 (.xls), read by a child that may take only so much memory and time.

Nobody can look into them before the parser does, and one cell far away, or one long text in very
many cells, is a few bytes there and gigabytes in memory.
"""

import pickle  # nosec B403: `_Plain` takes plain values alone
import subprocess  # nosec B404: no words of anybody are part of the command
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets import faults, xls_child
from diedie_edu.common.spreadsheets.columns import column_letter
from diedie_edu.common.spreadsheets.number_formats import shown_by, value_shown
from diedie_edu.common.spreadsheets.values import NO_VALUE, Position
from diedie_edu.common.spreadsheets.xml_member import MAX_CELLS

MEMORY = 512 * 1024 * 1024  # of addresses, for the parser
SECONDS = 20  # of a processor; three times as many on the clock
MAX_ANSWER = 100 * 1024 * 1024
TOLD = (
    *("file_protected", "file_damaged", "file_of_1995"),
    *("file_word", "file_slides", "file_other_format"),
)


@dataclass(frozen=True)
class OldSheet:
    """`hidden` are rows, all indexes count from zero."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[Position, Position]]
    hidden: list[int]
    hidden_columns: list[int]


@dataclass(frozen=True)
class OldWorkbook:
    """`sheets` are the visible ones; `hidden` names the others."""

    sheets: list[OldSheet]
    hidden: list[str]


class _Plain(pickle.Unpickler):
    def find_class(self, _module: str, name: str) -> Any:
        raise pickle.UnpicklingError(name)


def read_old_workbook(content: bytes) -> OldWorkbook:
    """Raises `Refused` (those of `TOLD`, `sheet_too_spread_out`, `file_unpacks_too_big`)."""
    bounds = (MEMORY + 4 * len(content), SECONDS, MAX_CELLS, MAX_ANSWER)
    command = [sys.executable, "-I", str(Path(xls_child.__file__)), *map(str, bounds)]
    try:
        done = subprocess.run(  # nosec B603: see above
            command, input=content, capture_output=True, timeout=3 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise faults.refused("file_unpacks_too_big") from error
    if done.returncode:
        raise _refusal(done.stderr.decode(errors="replace").strip())
    told = _Plain(BytesIO(done.stdout)).load()
    sheets = [_sheet(about, is_1904=told["is_1904"]) for about in told["sheets"]]
    return OldWorkbook(sheets, told["hidden"])


def _sheet(about: dict[str, Any], *, is_1904: bool) -> OldSheet:
    rows = [[_value(cell, is_1904=is_1904) for cell in row] for row in about["rows"]]
    return OldSheet(**about | {"rows": rows})


def _value(cell: Any, *, is_1904: bool) -> Any:
    """A pair is a number and its format."""
    if not isinstance(cell, tuple):
        return cell
    if cell == xls_child.NO_VALUE:
        return NO_VALUE
    number, form = cell
    return value_shown(number, shown_by(form), is_1904=is_1904)


def _refusal(said: str) -> Refused:
    """What the child ended with; any other end is that of its bounds."""
    code, _space, place = said.partition(" ")
    if code == "sheet_too_spread_out":
        row, column = map(int, place.split())
        return faults.refused(code, cell=f"{column_letter(column)}{row + 1}")
    return faults.refused(code if code in TOLD else "file_unpacks_too_big")
