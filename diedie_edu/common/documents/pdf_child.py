"""Reads one PDF from its standard input and looks for what acts in it; a process of its own.

It ends with a word of `pdfs.REFUSALS`. Where the file's index had to be mended, the mended file is
its answer; else it says nothing. Names come as they are read, however they are written, and objects
as they stand after the last change, packed ones too (ISO 32000-1, 7.5.7, 7.5.8).
"""

import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

ACTIONS = {  # ISO 32000-1, table 198; ISO 32000-2, table 201
    "/JavaScript": "script",
    "/Rendition": "film",
    "/RichMediaExecute": "film",
    "/Movie": "film",
    "/Sound": "film",
    "/Launch": "program",
    "/GoToR": "program",
    "/GoToE": "files",
    "/SubmitForm": "sends",
    "/ImportData": "sends",
}
ANNOTATIONS = {
    "/RichMedia": "film",
    "/Screen": "film",
    "/Movie": "film",
    "/Sound": "film",
    "/3D": "film",
    "/FileAttachment": "files",
}
KEYS = ("/JS", "/AA", "/OpenAction", "/EmbeddedFiles", "/EmbeddedFile", "/XFA", "/RichMediaContent")
# What a page does by itself when it is opened may be to turn to a place in it, and nothing else.
BY_ITSELF = {"/GoTo", "/Named", "/Hide", "/SetOCGState", "/Trans", "/ResetForm", "/GoToDp"}
RUNS_IN_A_BROWSER = ("javascript:", "vbscript:", "data:")
# A drawing, a font and their like may bear any name where a page lists what it uses (7.8.3).
USED_BY_PAGES = {"/Font", "/XObject", "/ExtGState", "/Pattern", "/Encoding"}
DRAWN = {"/Image", "/Form", "/PS"}
LOOKED_INTO = re.compile(
    "/({})\\b".format(
        "|".join(name.strip("/") for name in (*ACTIONS, *ANNOTATIONS, *KEYS, "/URI", "/EF"))
    ).encode()
)
DEEPEST = 200
# Objects that lie packed where nobody can look: in a stream that is damaged, or without end.
LOST = re.compile("object stream|unfilterable|bad_alloc")


def main() -> None:
    memory, seconds = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = kept_as(sys.stdin.buffer.read())
    except pikepdf.PasswordError:
        found = "locked"
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError, MemoryError):
        found = "damaged"
    if found:
        sys.exit(found)


def kept_as(data: bytes) -> str:
    """Why it may not be kept; else "", and the mended file is written where it was mended."""
    with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        mended = pdf.get_warnings()
        found = next(acting(pdf), "")
        if LOST.search(" ".join(map(str, (*mended, *pdf.get_warnings())))):
            return "damaged"
        if mended and not found:
            pdf.save(sys.stdout.buffer)
        return found


def acting(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Why it may not be kept, each time."""
    if not len(pdf.pages):
        yield "damaged"
    for row in (pdf.trailer, *pdf.objects):
        if LOOKED_INTO.search(written(row)):
            yield from in_value(row, 0)


def written(row: Any) -> bytes:
    """An object in one piece; there may be hundreds of thousands, and few that matter."""
    plain = row.stream_dict if isinstance(row, Stream) else row
    is_object = isinstance(plain, Object)
    return plain.unparse(resolved=True) if is_object else b""


def in_value(value: Any, depth: int) -> Iterator[str]:
    """Within one object of the file; others that it names are looked at by themselves."""
    if depth > DEEPEST:
        yield "damaged"
    elif isinstance(value, Array):
        for row in value:
            yield from within(row, depth)
    elif isinstance(value, Dictionary | Stream):
        said = {str(key): row for key, row in value.items()}
        yield from filter(None, (named(said), *(keyed(key, row) for key, row in said.items())))
        for row in said.values():
            yield from within(row, depth)


def within(row: Any, depth: int) -> Iterator[str]:
    if isinstance(row, Array | Dictionary | Stream) and not row.is_indirect:
        yield from in_value(row, depth + 1)


def named(said: dict[str, Any]) -> str:
    """By what it says it is."""
    if text(said.get("/Type")) == "/EmbeddedFile" or is_named(said.get("/EF")):
        return "files"
    if text(said.get("/S")) == "/URI" and runs(said.get("/URI")):
        return "script"
    about = ANNOTATIONS.get(text(said.get("/Subtype")), "")
    is_annotation = "/Rect" in said
    return ACTIONS.get(text(said.get("/S")), "") or (about if is_annotation else "")


def keyed(key: str, row: Any) -> str:
    """By the key under which it stands."""
    if key == "/JS":
        return "script" if isinstance(row, String | Stream) and not is_used(row) else ""
    if key == "/JavaScript":
        return "script" if isinstance(row, String) or is_named(row) else ""
    if key == "/EmbeddedFiles":
        return "files" if is_named(row) else ""
    if key == "/RichMediaContent":
        return "film" if is_named(row) else ""
    if key == "/XFA":
        return "xfa" if isinstance(row, Array | Stream) and not is_used(row) else ""
    if key == "/OpenAction":
        return "" if acts_within(row) else "script" * isinstance(row, Dictionary)
    if key == "/AA" and isinstance(row, Dictionary) and not is_used(row):
        return "" if all(acts_within(one) for _key, one in row.items()) else "script"
    return ""


def acts_within(row: Any) -> bool:
    """Whether it only turns to a place of the same file."""
    if not isinstance(row, Dictionary):
        return True
    said = dict(row.items())
    return text(said.get("/S")) in BY_ITSELF and ("/Next" not in said or acts_within(said["/Next"]))


def is_named(row: Any) -> bool:
    """A dictionary or a tree of names that holds anything, and is nothing that pages use."""
    if not isinstance(row, Dictionary) or is_used(row):
        return False
    leaves = [row.get(key) for key in ("/Names", "/Kids")]
    is_tree = any(one is not None for one in leaves)
    return any(len(one) for one in leaves if one is not None) if is_tree else len(row) > 0


def is_used(row: Any) -> bool:
    if isinstance(row, Dictionary | Stream):
        is_drawn = isinstance(row, Stream) and text(row.get("/Subtype")) in DRAWN
        return is_drawn or text(row.get("/Type")) in USED_BY_PAGES
    return False


def runs(address: Any) -> bool:
    plain = "".join(str(address).split()).lower()
    return plain.startswith(RUNS_IN_A_BROWSER)


def text(value: Any) -> str:
    return str(value) if isinstance(value, Name) else ""


if __name__ == "__main__":
    main()
