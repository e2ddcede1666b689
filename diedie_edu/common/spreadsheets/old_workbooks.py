"""Workbooks of before 2007 (.xls), read by a child that may take only so much memory and time.

Nobody can look into them before the parser does, and one cell far away, or one long text in very
many cells, is a few bytes there and gigabytes in memory.
"""

import pickle  # nosec B403: `_Cells` takes plain values and dates alone
import subprocess  # nosec B404: no words of anybody are part of the command
import sys
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets import faults
from diedie_edu.common.spreadsheets.columns import column_letter
from diedie_edu.common.spreadsheets.sheet_xml import MAX_CELLS, Position

MEMORY = 512 * 1024 * 1024  # of addresses, for the parser
SECONDS = 20  # of a processor; three times as many on the clock
MAX_ANSWER = 100 * 1024 * 1024
CHILD = """
import pickle, resource, sys
from io import BytesIO
from python_calamine import CalamineError, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum, SheetVisibleEnum
memory, seconds, cells, most = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
sheets = []
try:
    book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    for about in book.sheets_metadata:
        if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(about.name)
            cells -= sheet.height * sheet.width
            if cells < 0:
                sys.exit("sheet_too_spread_out {} {}".format(*sheet.end))
            before = [""] * (sheet.start or (0, 0))[1]
            rows = [before + row for row in sheet.iter_rows()] if sheet.start else []
            sheets.append((about.name, rows, tuple(sheet.merged_cell_ranges or ())))
except PasswordError:
    sys.exit("file_protected")
except CalamineError:
    sys.exit("file_damaged")
answer = pickle.dumps(sheets)
if len(answer) > most:
    sys.exit("file_unpacks_too_big")
sys.stdout.buffer.write(answer)
"""


@dataclass(frozen=True)
class OldSheet:
    name: str
    rows: list[list[Any]]
    merged: tuple[tuple[Position, Position], ...]


class _Cells(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


def visible_sheets(content: bytes) -> list[OldSheet]:
    """Raises `Refused` (`file_protected`, `file_damaged`, `sheet_too_spread_out`,
    `file_unpacks_too_big`)."""
    bounds = (MEMORY + 4 * len(content), SECONDS, MAX_CELLS, MAX_ANSWER)
    command = [sys.executable, "-c", CHILD, *map(str, bounds)]
    try:
        done = subprocess.run(  # nosec B603: see above
            command, input=content, capture_output=True, timeout=3 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise faults.refused("file_unpacks_too_big") from error
    if done.returncode:
        raise _refusal(done.stderr.decode(errors="replace").strip())
    return [OldSheet(*told) for told in _Cells(BytesIO(done.stdout)).load()]


def _refusal(said: str) -> Refused:
    """What the child ended with; any other end is that of its bounds."""
    code, _space, place = said.partition(" ")
    if code == "sheet_too_spread_out":
        row, column = map(int, place.split())
        return faults.refused(code, cell=f"{column_letter(column)}{row + 1}")
    is_told = code in ("file_protected", "file_damaged")
    return faults.refused(code if is_told else "file_unpacks_too_big")
