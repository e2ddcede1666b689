"""What an answer shows to whoever reads it, whatever form it has."""

import html
import json
from collections.abc import Iterator
from io import BytesIO

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import load_workbook

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def words_of(answer: HttpResponse | StreamingHttpResponse) -> str:
    """Pages without their escapes, calendars without their folds, sheets cell by cell."""
    content = b"".join(answer) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if kind == SHEET:
        return "\n".join(_cells(content))
    words = content.decode("utf-8-sig", "replace")
    if kind == "application/json":
        return json.dumps(json.loads(words), ensure_ascii=False)
    if kind == "text/calendar":
        return words.replace("\r\n ", "")
    return html.unescape(words)


def _cells(content: bytes) -> Iterator[str]:
    for sheet in load_workbook(BytesIO(content), read_only=True):
        for row in sheet.iter_rows(values_only=True):
            yield from (str(value) for value in row if value is not None)
