"""The XML of an .xlsx, looked at while it is unpacked; it stops at the first impossible thing.

One cell can lie so far away that a dense table of the sheet does not fit into memory, a long text
can be shared by a million cells, an element can have a hundred thousand attributes. And the parser
reads #N/A, or a formula that was never calculated, as an empty cell, so such cells are noted.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat  # nosec B405: it declares no entities, see `_no_doctype`

from diedie_edu.common.spreadsheets import faults
from diedie_edu.common.spreadsheets.columns import column_index, column_letter

Position = tuple[int, int]
"""Row and column of a cell, both from zero."""

MAX_CELLS = 2_000_000  # height times width, of all sheets together
MAX_ELEMENTS = 6_000_000
MAX_TEXT = 50_000_000  # characters in all cells
MAX_NOTED = 200_000  # unreadable cells, hidden rows, merged ranges
MAX_ATTRIBUTES = 100
LAST_ROW = 1_048_576
Attributes = dict[str, str]


@dataclass
class Spent:
    """What the sheets of one file have taken so far; `texts` are the lengths of shared texts."""

    elements: int = 0
    cells: int = 0
    characters: int = 0
    texts: "array[int]" = field(default_factory=lambda: array("L"))

    def more_cells(self, number: int, row: int, column: int) -> None:
        """Raises `Refused` (`sheet_too_spread_out`)."""
        self.cells += number
        if self.cells > MAX_CELLS:
            cell = f"{column_letter(column)}{row}"
            raise faults.refused("sheet_too_spread_out", cell=cell)

    def more_text(self, index: str) -> None:
        """A cell shows a shared text. Raises `Refused` (`file_unpacks_too_big`)."""
        index = index.strip()
        if index.isdecimal() and len(index) < 9 and int(index) < len(self.texts):
            self.characters += self.texts[int(index)]
        if self.characters > MAX_TEXT:
            raise faults.refused("file_unpacks_too_big")


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    if not 1 <= len(letters) <= 3 or not (letters.isascii() and letters.isalpha()):
        raise faults.refused("file_damaged")
    return column_index(letters.upper())


class XmlLook:
    """One member of the archive. What it does with an element is named by the element."""

    def __init__(self, spent: Spent) -> None:
        self.spent = spent
        self.unreadable: set[Position] = set()
        self.hidden: set[int] = set()
        self.merged = 0
        self._row, self._column, self._height, self._width = 0, -1, 0, 0
        self._is_shared = self._waits_for_result = self._wants_text = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _no_doctype
        self._act: dict[str, Callable[[Attributes], None]] = {
            "sheetData": self._begin_cells,
            "sst": self._begin_texts,
            "mergeCell": self._merge,
            "extLst": self._leave_formulas,
        }

    def at(self, pieces: Iterable[bytes]) -> "XmlLook":
        """Raises `Refused` (`file_damaged`, `sheet_too_spread_out`, `file_unpacks_too_big`)."""
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise faults.refused("file_damaged") from error
        self._settle_formula()
        return self

    def _start(self, name: str, attributes: Attributes) -> None:
        self.spent.elements += 1
        if self.spent.elements > MAX_ELEMENTS:
            raise faults.refused("file_unpacks_too_big")
        if len(attributes) > MAX_ATTRIBUTES:
            raise faults.refused("file_damaged")
        if act := self._act.get(name.rpartition(":")[2]):
            act(attributes)

    def _begin_cells(self, _attributes: Attributes) -> None:
        self._act |= {"row": self._begin_row, "c": self._begin_cell, "f": self._formula}
        self._act |= {"v": self._value, "is": self._filled}

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = _row_number(attributes.get("r", str(self._row + 1)))
        self._column = -1
        if attributes.get("hidden") in ("1", "true") and len(self.hidden) < MAX_NOTED:
            self.hidden.add(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        self._settle_formula()
        if place := attributes.get("r"):
            letters = place.rstrip("0123456789")
            self._column, self._row = _column(letters), _row_number(place[len(letters) :])
        else:
            self._column += 1
        kind = attributes.get("t")
        self._is_shared = kind == "s"
        if kind == "e":
            self._note_unreadable()

    def _formula(self, attributes: Attributes) -> None:
        self._filled(attributes)
        self._waits_for_result = True

    def _value(self, attributes: Attributes) -> None:
        self._filled(attributes)
        if self._waits_for_result or self._is_shared:
            self._wants_text = True
            self._parser.CharacterDataHandler = self._told

    def _told(self, text: str) -> None:
        if not self._wants_text:
            return
        self._wants_text = False
        self._waits_for_result = self._waits_for_result and not text.strip()
        if self._is_shared:
            self.spent.more_text(text)

    def _settle_formula(self) -> None:
        """The cell before is over: a formula without a result shows nothing."""
        if self._waits_for_result:
            self._note_unreadable()
            self._waits_for_result = False
        if self._is_shared or self._wants_text:
            self._parser.CharacterDataHandler = None
            self._wants_text = False

    def _leave_formulas(self, _attributes: Attributes) -> None:
        """Behind the cells are formulas of formats."""
        self._settle_formula()
        self._act.pop("f", None)

    def _filled(self, _attributes: Attributes) -> None:
        if self._row <= self._height and self._column < self._width:
            return
        before = self._height * self._width
        self._height = max(self._height, self._row)
        self._width = max(self._width, self._column + 1)
        self.spent.more_cells(self._height * self._width - before, self._row, self._column)

    def _note_unreadable(self) -> None:
        self.unreadable.add((self._row - 1, self._column))
        self._bound(len(self.unreadable))

    def _merge(self, _attributes: Attributes) -> None:
        self.merged += 1
        self._bound(self.merged)

    def _bound(self, noted: int) -> None:
        if noted > MAX_NOTED:
            raise faults.refused("file_unpacks_too_big")

    def _begin_texts(self, _attributes: Attributes) -> None:
        self._act["si"] = lambda _attributes: self.spent.texts.append(0)
        self._parser.CharacterDataHandler = self._part_of_text

    def _part_of_text(self, text: str) -> None:
        if self.spent.texts:
            self.spent.texts[-1] += len(text)


def _row_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 7):
        raise faults.refused("file_damaged")
    row = int(text)
    if not 1 <= row <= LAST_ROW:
        raise faults.refused("file_damaged")
    return row


def _no_doctype(*_about: object) -> None:
    """No spreadsheet program writes one; entities are how a small XML becomes a huge one."""
    raise faults.refused("file_damaged")
