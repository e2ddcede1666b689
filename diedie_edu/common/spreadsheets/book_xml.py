"""What an .xlsx says of itself: which members hold its sheets, its texts and its formats."""

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from diedie_edu.common.spreadsheets.number_formats import Shown, shown_by
from diedie_edu.common.spreadsheets.xml_member import (
    Attributes,
    End,
    Spent,
    Start,
    WithTexts,
    XmlMember,
    is_on,
)


class SheetEntry(NamedTuple):
    """A sheet as the workbook names it; `relation` leads to its member."""

    name: str
    relation: str
    is_hidden: bool


class Relation(NamedTuple):
    kind: str
    target: str


class Relations(XmlMember):
    """Where a member finds others (ECMA-376 part 2, 9.3)."""

    root = "Relationships"

    def __init__(self, spent: Spent, source: str) -> None:
        super().__init__(spent)
        self._folder = posixpath.dirname(source)
        self.by_id: dict[str, Relation] = {}

    def starts_and_ends(self) -> tuple[Mapping[str, Start], Mapping[str, End]]:
        return {"Relationship": self._relation}, {}

    def _relation(self, attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            return
        target = posixpath.join("/", self._folder, attributes.get("Target", "").replace("\\", "/"))
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.by_id[attributes.get("Id", "")] = Relation(kind, member_key(target))

    def first(self, kind: str) -> str:
        """The member of a kind, "" where there is none."""
        return next((one.target for one in self.by_id.values() if one.kind == kind), "")


def member_key(name: str) -> str:
    """A member's name as parts are compared: some programs write other cases, or backslashes."""
    return posixpath.normpath("/" + name.replace("\\", "/").lstrip("/"))[1:].lower()


class Book(XmlMember):
    """`is_unfinished`: formulas are to be calculated when it is opened, so what stands beside them
    is no result."""

    root = "workbook"

    def __init__(self, spent: Spent) -> None:
        super().__init__(spent)
        self.sheets: list[SheetEntry] = []
        self.is_1904 = self.is_unfinished = False

    def starts_and_ends(self) -> tuple[Mapping[str, Start], Mapping[str, End]]:
        return {"sheet": self._sheet, "workbookPr": self._about, "calcPr": self._calculated}, {}

    def _sheet(self, attributes: Attributes) -> None:
        relation = next((attributes[key] for key in attributes if key.endswith(" id")), "")
        is_hidden = attributes.get("state", "visible") != "visible"
        self.sheets.append(SheetEntry(attributes.get("name", ""), relation, is_hidden))

    def _about(self, attributes: Attributes) -> None:
        self.is_1904 = is_on(attributes, "date1904")

    def _calculated(self, attributes: Attributes) -> None:
        is_interrupted = attributes.get("calcCompleted") in ("0", "false")
        self.is_unfinished = is_interrupted or is_on(attributes, "fullCalcOnLoad")


class Styles(XmlMember):
    """What each style of cells shows."""

    root = "styleSheet"

    def __init__(self, spent: Spent) -> None:
        super().__init__(spent)
        self.shown: list[Shown] = []
        self._codes: dict[str, str] = {}
        self._is_in_cells = False

    def starts_and_ends(self) -> tuple[Mapping[str, Start], Mapping[str, End]]:
        starts = {"numFmt": self._code, "cellXfs": self._cells, "xf": self._style}
        return starts, {"cellXfs": self._cells_end}

    def _code(self, attributes: Attributes) -> None:
        self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def _cells(self, _attributes: Attributes) -> None:
        self._is_in_cells = True

    def _cells_end(self) -> None:
        self._is_in_cells = False

    def _style(self, attributes: Attributes) -> None:
        if self._is_in_cells:
            number = attributes.get("numFmtId", "0")
            built_in = int(number) if number.isdecimal() and len(number) < 9 else 0
            self.shown.append(shown_by(self._codes.get(number) or built_in))


class Texts(WithTexts):
    """The texts that cells share."""

    root = "sst"

    def __init__(self, spent: Spent) -> None:
        super().__init__(spent)
        self.texts: list[str] = []

    def starts_and_ends(self) -> tuple[Mapping[str, Start], Mapping[str, End]]:
        starts, ends = self.text_acts()
        return starts, ends | {"si": self._item_end}

    def _item_end(self) -> None:
        self.texts.append(self.text())
