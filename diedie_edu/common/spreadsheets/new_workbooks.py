"""Workbooks since 2007 (.xlsx): the visible sheets of one, read once and kept as they are."""

from dataclasses import dataclass, field
from typing import TypeVar
from zipfile import ZipInfo

from diedie_edu.common.spreadsheets import archive, faults
from diedie_edu.common.spreadsheets.book_xml import (
    Book,
    Relations,
    Styles,
    Texts,
    member_key,
)
from diedie_edu.common.spreadsheets.sheet_xml import Known, SheetCells
from diedie_edu.common.spreadsheets.xml_member import Spent, XmlMember

Read = TypeVar("Read", bound=XmlMember)


@dataclass
class NewWorkbook:
    """`sheets` are the visible ones; `hidden` names the others."""

    sheets: list[tuple[str, SheetCells]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def read_workbook(content: bytes, members: list[ZipInfo]) -> NewWorkbook:
    """Raises `Refused` (`file_damaged`, `sheet_too_spread_out`, `file_unpacks_too_big`,
    `too_many_rows`)."""
    return _Reader(content, members).workbook()


class _Reader:
    def __init__(self, content: bytes, members: list[ZipInfo]) -> None:
        self.unpacking, self.spent = archive.Unpacking(content), Spent()
        self.members = {member_key(member.filename): member for member in members}
        if len(self.members) < len(members):
            raise faults.refused("file_damaged")  # one name for two things
        self.book = self._relations("").first("officeDocument")

    def workbook(self) -> NewWorkbook:
        book = self._read(Book(self.spent), self.book)
        relations = self._relations(self.book)
        texts = self._read_if(Texts(self.spent), relations.first("sharedStrings"))
        styles = self._read_if(Styles(self.spent), relations.first("styles"))
        known = Known(texts.texts, styles.shown, book.is_1904, book.is_unfinished)
        found = NewWorkbook()
        for entry in book.sheets:
            relation = relations.by_id.get(entry.relation)
            if relation is None:
                raise faults.refused("file_damaged")
            if relation.kind != "worksheet":
                continue
            if entry.is_hidden:
                found.hidden.append(entry.name)
            else:
                cells = self._read(SheetCells(self.spent, known), relation.target)
                found.sheets.append((entry.name, cells))
        return found

    def _relations(self, source: str) -> Relations:
        folder, _slash, name = source.rpartition("/")
        target = member_key(f"{folder}/_rels/{name}.rels")
        return self._read_if(Relations(self.spent, source), target)

    def _read_if(self, read: Read, name: str) -> Read:
        return self._read(read, name) if name in self.members else read

    def _read(self, read: Read, name: str) -> Read:
        if name not in self.members:
            raise faults.refused("file_damaged")
        read.parse(self.unpacking.pieces(self.members[name]))
        return read
