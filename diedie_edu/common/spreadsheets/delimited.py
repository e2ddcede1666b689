"""CSV as Chinese offices save it: Excel writes GBK, others UTF-8, "Unicode text" has tabs."""

import csv
from collections.abc import Callable
from io import StringIO

from diedie_edu.common.spreadsheets import refusals

_DELIMITERS = ",\t;，"
_SAMPLE_LINES = 10


def delimited_rows(content: bytes) -> list[list[str]]:
    """All rows, blank ones included, so that the first is row 1 as spreadsheets count.

    Raises `Refused` (`file_encoding`, `file_other_format`, `file_quotes`).
    """
    text = _decoded(content)
    if "\0" in text:
        raise refusals.other_format()
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise refusals.broken_quotes(len(rows) + 1) from error
    return rows


def _decoded(content: bytes) -> str:
    """BOM, then strict UTF-8, then gb18030, which holds GBK and every character there is."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusals.unknown_encoding()


def _delimiter(text: str) -> str:
    """The sign that the first lines have most of; ties go to the comma."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    count: Callable[[str], int] = sample.count
    return max(_DELIMITERS, key=count)
