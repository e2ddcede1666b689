"""Files that a page hands out, under a name of their own."""

from typing import TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from diedie_edu.common.spreadsheets.writer import safe_file_name

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
Response = TypeVar("Response", bound=HttpResponseBase)


def as_file(response: Response, stem: str, extension: str) -> Response:
    """The response as a file to keep; the browser takes its name from `stem`."""
    name = content_disposition_header(True, safe_file_name(stem, extension))
    response.headers["Content-Disposition"] = name or ""
    return response


def office_file(content: bytes, stem: str, extension: str) -> HttpResponse:
    return as_file(HttpResponse(content, content_type=TYPES[extension]), stem, extension)


def workbook(content: bytes, stem: str) -> HttpResponse:
    return office_file(content, stem, "xlsx")
