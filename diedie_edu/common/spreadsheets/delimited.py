"""A CSV file, line by line: its one encoding, its rows under each delimiter that may be meant.

Which it is, the row of titles tells (`header`): signs in the text of cells are no evidence.

What cannot be a list stops it at once, and nothing of it is held but the line at hand.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from diedie_edu.common.spreadsheets import faults
from diedie_edu.common.spreadsheets.columns import column_letter

MAX_LINES = 200_000  # blank ones count
MAX_COLUMNS = 16_384
UTF_8, CHINESE = "utf-8", "gb18030"
_UTF_8_MARK = codecs.BOM_UTF8
DELIMITERS = ",\t;，|"  # the first that fits is meant
_TOLD = re.compile(r'"?sep=(.)"?\n?', re.IGNORECASE)  # as Excel writes it above the titles
_SLICE = 1024 * 1024
_WORD = re.compile(rb"[^,;\t\r\n]*[\x80-\xff][^,;\t\r\n]*")


@dataclass(frozen=True)
class Delimited:
    """`rows` begins at the first line each time; blank lines count, as spreadsheets count rows,
    which pass over the line that tells the delimiter (`is_told`)."""

    content: bytes
    encoding: str
    delimiter: str
    is_told: bool = False

    def rows(self) -> Iterator[list[str]]:
        """Raises `Refused` (`file_quotes`, and as `lines_of`)."""
        lines = self._narrow(lines_of(self.content, self.encoding))
        lines = islice(lines, int(self.is_told), None)
        number = 0
        try:
            for row in csv.reader(lines, delimiter=self.delimiter, strict=True):
                number += 1
                yield row
        except csv.Error as error:
            raise faults.refused("file_quotes", row=number + 1) from error

    def _narrow(self, lines: Iterator[str]) -> Iterator[str]:
        """Raises `Refused` (`sheet_too_spread_out`)."""
        for number, line in enumerate(lines, 1):
            if len(line) > MAX_COLUMNS and line.count(self.delimiter) >= MAX_COLUMNS:
                cell = f"{column_letter(MAX_COLUMNS)}{number}"
                raise faults.refused("sheet_too_spread_out", cell=cell)
            yield line


def readings(content: bytes) -> list[Delimited]:
    """The file under each delimiter. Raises `Refused` (`file_encoding`, `file_other_format`, and
    as `lines_of`)."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = _from_utf_16(content)
    if b"\0" in content:
        raise faults.refused("file_other_format")
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    encoding = _encoding_of(content)
    first = next(lines_of(content, encoding), "")
    if told := _TOLD.fullmatch(first):
        return [Delimited(content, encoding, told[1], is_told=True)]
    return [Delimited(content, encoding, delimiter) for delimiter in DELIMITERS]


def lines_of(content: bytes, encoding: str) -> Iterator[str]:
    """Raises `Refused` (`file_mixed`, `too_many_rows`)."""
    for number, line in enumerate(BytesIO(content.removeprefix(_UTF_8_MARK)), 1):
        if number > MAX_LINES:
            raise faults.refused("too_many_rows", limit=f"{MAX_LINES:,}")
        if encoding == CHINESE and any(map(_is_rather_utf_8, _WORD.findall(line))):
            raise faults.refused("file_mixed", row=number)
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError as error:
            raise faults.refused("file_mixed", row=number) from error


def _from_utf_16(content: bytes) -> bytes:
    try:
        return content.decode("utf-16").encode()
    except UnicodeDecodeError as error:
        raise faults.refused("file_encoding") from error


def _encoding_of(content: bytes) -> str:
    """What its mark says; else strict UTF-8; else gb18030, which holds GBK and every character, at
    least of some of it: `lines_of` finds the rest."""
    if content.startswith(_UTF_8_MARK) or _is_in(UTF_8, content):
        return UTF_8
    if not _is_in(CHINESE, content) and any(map(_is_in_none, _words(content))):
        raise faults.refused("file_encoding")
    return CHINESE


def _words(content: bytes) -> Iterator[bytes]:
    for line in islice(BytesIO(content), MAX_LINES):
        yield from _WORD.findall(line)


def _is_in_none(word: bytes) -> bool:
    return not _is_in(UTF_8, word) and not _is_in(CHINESE, word)


def _is_in(encoding: str, content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _SLICE):
            decoder.decode(content[start : start + _SLICE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_rather_utf_8(word: bytes) -> bool:
    """Whether a word of a file that is not UTF-8 reads better as such: 李明 is 鏉庢槑 in GBK."""
    try:
        as_utf_8 = word.decode(UTF_8)
    except UnicodeDecodeError:
        return False
    return _commonness(as_utf_8) > _commonness(word.decode(CHINESE, "replace"))


def _commonness(text: str) -> float:
    """How many of its signs are everyday Chinese: punctuation and level 1 of GB 2312."""
    signs = [sign.encode("gb2312", "ignore")[:1] for sign in text if not sign.isascii()]
    common = [lead for lead in signs if lead in (b"\xa1", b"\xa3") or b"\xb0" <= lead <= b"\xd7"]
    return len(common) / len(signs)
