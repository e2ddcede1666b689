"""One XML member of an .xlsx, read while it is unpacked; it stops at the first impossible thing.

One cell can lie so far away that a dense table of the sheet does not fit into memory, a long text
can be shared by a million cells, an element can have a hundred thousand attributes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar
from xml.parsers import expat  # nosec B405: it declares no entities, see `_no_doctype`

from diedie_edu.common.spreadsheets import faults
from diedie_edu.common.spreadsheets.columns import column_letter

MAX_CELLS = 2_000_000  # height times width, of all sheets together
MAX_ELEMENTS = 6_000_000
MAX_TEXT = 50_000_000  # characters in all cells
MAX_NOTED = 200_000  # rows, merged ranges, cells of formulas for several
MAX_ATTRIBUTES = 100
MAX_TOKEN = 1024 * 1024  # bytes of one tag
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
Attributes = dict[str, str]
Start = Callable[[Attributes], None]
End = Callable[[], None]


@dataclass
class Spent:
    """What the members of one file have taken so far."""

    elements: int = 0
    cells: int = 0
    characters: int = 0

    def more_cells(self, number: int, row: int, column: int) -> None:
        """Raises `Refused` (`sheet_too_spread_out`)."""
        self.cells += number
        if self.cells > MAX_CELLS:
            cell = f"{column_letter(column)}{row}"
            raise faults.refused("sheet_too_spread_out", cell=cell)

    def more_text(self, characters: int) -> None:
        """Raises `Refused` (`file_unpacks_too_big`)."""
        self.characters += characters
        if self.characters > MAX_TEXT:
            raise faults.refused("file_unpacks_too_big")


class XmlMember:
    """`root` is its first element; what is done at the beginning and end of an element is named in
    `starts` and `ends`, and counts for the namespace of the root alone: prefixes mean nothing, and
    the strict and the transitional form of the format differ by it."""

    root: ClassVar[str]

    def __init__(self, spent: Spent) -> None:
        self.spent = spent
        self.starts: dict[str, Start] = {}
        self.ends: dict[str, End] = {}
        self._parts: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.StartDoctypeDeclHandler = _no_doctype

    def starts_and_ends(self) -> tuple[Mapping[str, Start], Mapping[str, End]]:
        """By the local names of elements."""
        raise NotImplementedError

    def parse(self, pieces: Iterable[bytes]) -> None:
        """Raises `Refused` (`file_damaged`, `sheet_too_spread_out`, `file_unpacks_too_big`)."""
        given = 0
        try:
            for piece in pieces:
                given += len(piece)
                self._parser.Parse(piece, False)
                if given - self._parser.CurrentByteIndex > MAX_TOKEN + len(piece):
                    raise faults.refused("file_unpacks_too_big")
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise faults.refused("file_damaged") from error
        finally:
            self._let_go()

    def _let_go(self) -> None:
        """What was read goes with the last who holds it: a worker does not look for circles."""
        self.starts, self.ends = {}, {}
        self._parser.StartElementHandler = self._parser.EndElementHandler = None
        self._parser.CharacterDataHandler = None

    def _begin(self, name: str, _attributes: Attributes) -> None:
        """The first element says which namespace is meant."""
        space, _space, local = name.rpartition(" ")
        if local != self.root:
            raise faults.refused("file_damaged")
        starts, ends = self.starts_and_ends()
        prefix = f"{space} " if space else ""
        self.starts = {prefix + name: act for name, act in starts.items()}
        self.ends = {prefix + name: act for name, act in ends.items()}
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        self.spent.elements += 1
        if self.spent.elements > MAX_ELEMENTS:
            raise faults.refused("file_unpacks_too_big")
        if len(attributes) > MAX_ATTRIBUTES:
            raise faults.refused("file_damaged")
        if act := self.starts.get(name):
            act(attributes)

    def _end(self, name: str) -> None:
        if act := self.ends.get(name):
            act()

    def listen(self) -> None:
        """Keep the text that follows, until `heard`."""
        self._parts = []
        self._parser.CharacterDataHandler = self._hear

    def _hear(self, text: str) -> None:
        self.spent.more_text(len(text))
        self._parts.append(text)

    def heard(self) -> str:
        self._parser.CharacterDataHandler = None
        return "".join(self._parts)


class WithTexts(XmlMember):
    """Has texts of several runs; how they are pronounced (`rPh`) is none of them."""

    def __init__(self, spent: Spent) -> None:
        super().__init__(spent)
        self._runs: list[str] = []
        self._is_sound = False

    def text_acts(self) -> tuple[dict[str, Start], dict[str, End]]:
        starts: dict[str, Start] = {"t": self._run, "rPh": self._sound}
        return starts, {"t": self._run_end, "rPh": self._sound_end}

    def text(self) -> str:
        """What was collected since the last one."""
        runs, self._runs = self._runs, []
        return plain("".join(runs))

    def _run(self, _attributes: Attributes) -> None:
        if not self._is_sound:
            self.listen()

    def _run_end(self) -> None:
        if not self._is_sound:
            self._runs.append(self.heard())

    def _sound(self, _attributes: Attributes) -> None:
        self._is_sound = True

    def _sound_end(self) -> None:
        self._is_sound = False


def plain(text: str) -> str:
    """Without the escapes for what XML cannot hold: _x0041_ is A."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def is_on(attributes: Attributes, name: str) -> bool:
    return attributes.get(name) in ("1", "true", "on")


def _no_doctype(*_about: object) -> None:
    """No spreadsheet program writes one; entities are how a small XML becomes a huge one."""
    raise faults.refused("file_damaged")
