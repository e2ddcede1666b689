"""What a file is by its bytes, where it is no list that can be read: each is named for what it is.

The name of a file tells nothing: .xls may be a web page, .csv a workbook.
"""

import re
from zipfile import ZipInfo

_ZIPPED = (
    (re.compile(r"xl/workbook\.bin"), "file_binary_workbook"),
    (re.compile(r"xl/workbook\d*\.xml"), ""),
    (re.compile(r"word/"), "file_word"),
    (re.compile(r"ppt/"), "file_slides"),
    (re.compile(r"index/.*\.iwa|index\.zip"), "file_numbers"),
    (re.compile(r"content\.xml"), "file_open_document"),
)
_STARTS = (
    (b"%PDF", "file_pdf"),
    (b"{\\rtf", "file_word"),
    *((start, "file_picture") for start in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0")),
    (b"MM\0*", "file_picture"),
    *((start, "file_archive") for start in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")),
    *((start, "file_of_1995") for start in (b"\t\0\4\0", b"\t\0\6\0", b"\t\2\6\0", b"\t\4\6\0")),
    (b"\t\x08", "file_of_1995"),
    (b"ID;PWXL", "file_other_format"),
)
_BEGINNING = 4096
_MARKED = (
    (re.compile(r"\s*<.*urn:schemas-microsoft-com:office:spreadsheet", re.S), "file_xml_table"),
    (re.compile(r'\s*<.*progid\s*=\s*["\']Excel\.Sheet', re.S), "file_xml_table"),
    (re.compile(r'\s*<.*progid\s*=\s*["\']Word\.Document', re.S), "file_word"),
    (re.compile(r"\s*<.*urn:oasis:names:tc:opendocument", re.S), "file_open_document"),
    (re.compile(r"\s*<\?xml(?!.*<(?:!doctype )?(?:html|table))", re.S | re.I), "file_other_format"),
    (re.compile(r"\s*<[!?a-z]", re.I), "file_web_page"),
    (re.compile(r"\s*(?:mime-version|from)\s*:.*multipart/", re.S | re.I), "file_web_page"),
    (re.compile(r"\s*%PDF-"), "file_pdf"),
)


def kind_of_zip(members: list[ZipInfo]) -> str:
    """The code of what it is; "" for a workbook that can be read."""
    names = [member.filename.replace("\\", "/").lower() for member in members]
    for pattern, code in _ZIPPED:
        if any(map(pattern.match, names)):
            return code
    return "" if "_rels/.rels" in names else "file_archive"


def kind_of(content: bytes) -> str:
    """The same for a file that is no ZIP and no old workbook; "" for what may be a CSV."""
    for start, code in _STARTS:
        if content.startswith(start):
            return code
    if content[4:8] == b"ftyp" or (content.startswith((b"BM", b"RIFF")) and b"\0" in content[:64]):
        return "file_picture"
    beginning = _text(content[:_BEGINNING])
    return next((code for pattern, code in _MARKED if pattern.match(beginning)), "")


def _text(beginning: bytes) -> str:
    """As far as it tells what a file is; two bytes a sign where every other one is zero."""
    if beginning.startswith(b"\xfe\xff") or beginning[:1] == b"\0":
        return beginning.decode("utf-16-be", "replace").lstrip("\ufeff")
    if beginning.startswith(b"\xff\xfe") or beginning[1:2] == b"\0":
        return beginning.decode("utf-16-le", "replace").lstrip("\ufeff")
    return beginning.decode("utf-8", "replace").lstrip("\ufeff")
