"""What a PDF does, by its structure; and what only looks so."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from diedie_edu.common.documents import DocumentKind, read_document
from tests.support.pdfs import (
    PACKED,
    SCRIPT,
    SIGNATURE,
    Change,
    attached,
    beside,
    bomb,
    catalog,
    odd_names,
    of_page,
    page_of_field,
    with_xfa,
    words_in_pixels,
    written,
)
from tests.support.refusals import code_of

PLACE = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))
THEN_A_SCRIPT = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=SCRIPT)
PRINT = Dictionary(S=Name.Named, N=Name.Print)
WEB = Dictionary(S=Name.URI, URI="https://portal.example/")

HARMLESS: dict[str, Change] = {
    "words in a picture's bytes": words_in_pixels,
    "fonts and pictures of odd names": odd_names,
    "words in its title": lambda pdf: pdf.docinfo.__setitem__("/Title", "/JS /Launch"),
    "opens at a place": catalog(OpenAction=PLACE),
    "opens at a page": catalog(OpenAction=Array([0, Name.Fit])),
    "asks to be printed": catalog(OpenAction=PRINT),
    "turns to a page": of_page(AA=Dictionary(O=PLACE)),
    "a link": beside(Subtype=Name.Link, A=WEB),
    "a field": page_of_field(FT=Name.Tx),
    "a signature": page_of_field(FT=Name.Sig, V=SIGNATURE),
    "a list of no files": catalog(Names=Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))),
    "a list of no scripts": catalog(Names=Dictionary(JavaScript=Dictionary(Names=Array([])))),
    "a style called JavaScript": catalog(
        StructTreeRoot=Dictionary(K=Dictionary(S=Name.P, T="JavaScript"))
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_nothing_is_kept_as_it_is(name: str) -> None:
    data = written(HARMLESS[name])
    assert read_document(data).data == data


ACTS: dict[str, Change] = {
    "script on opening": catalog(OpenAction=SCRIPT),
    "script after a place": catalog(OpenAction=THEN_A_SCRIPT),
    "script of the whole file": catalog(
        Names=Dictionary(JavaScript=Dictionary(Names=Array(["a", SCRIPT])))
    ),
    "script of a page": of_page(AA=Dictionary(O=SCRIPT)),
    "script of a field": page_of_field(FT=Name.Tx, AA=Dictionary(K=SCRIPT)),
    "script behind a link": beside(Subtype=Name.Link, A=SCRIPT),
    "script in a link's address": beside(
        Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="java\nscript:alert(1)")
    ),
    "page of the web on opening": catalog(OpenAction=WEB),
    "program": beside(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="cmd.exe")),
    "other file": beside(Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F="other.pdf")),
    "form that sends": page_of_field(A=Dictionary(S=Name.SubmitForm, F="https://x.example")),
    "form that reads": page_of_field(A=Dictionary(S=Name.ImportData, F="x.fdf")),
    "form of one program": with_xfa,
    "file inside": attached,
    "file on the page": beside(Subtype=Name.FileAttachment),
    "film": beside(Subtype=Name.RichMedia, RichMediaContent=Dictionary(A=1)),
    "film of old": beside(Subtype=Name.Movie),
    "body in space": beside(Subtype=Name("/3D")),
}


@pytest.mark.parametrize("how", [{}, PACKED], ids=["plain", "packed"])
@pytest.mark.parametrize("name", ACTS)
def test_what_acts_is_refused(name: str, how: dict) -> None:
    assert code_of(lambda: read_document(written(ACTS[name], **how))) == "active"


def test_names_count_however_they_are_written() -> None:
    data = written(ACTS["script on opening"])
    other = data.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")
    assert other != data
    assert code_of(lambda: read_document(other)) == "active"


def test_what_was_added_to_a_finished_file_counts() -> None:
    """As programs save: the new catalog behind the old file's end."""
    data = written()
    later = b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(x)>>>>endobj\n"
    start = data.rindex(b"startxref\n") + len(b"startxref\n")
    before = int(data[start:].split()[0])
    index = b"xref\n1 1\n%010d 00000 n \ntrailer<</Size 5/Root 1 0 R/Prev %d>>\n" % (
        len(data),
        before,
    )
    added = data + later + index + b"startxref\n%d\n%%%%EOF\n" % (len(data) + len(later))
    assert code_of(lambda: read_document(added)) == "active"


def test_a_wrong_index_is_mended() -> None:
    data = written()
    wrong = data.replace(b"startxref\n", b"startxref\n9")
    kept = read_document(wrong)
    assert kept.kind == DocumentKind.PDF
    assert kept.data != wrong
    with pikepdf.open(io.BytesIO(kept.data)) as pdf:
        assert (len(pdf.pages), pdf.get_warnings()) == (1, [])


@pytest.mark.parametrize("version", [3, 4, 6])
def test_a_file_that_opens_without_a_password_is_kept(version: int) -> None:
    """Banks and offices forbid changes so; everybody can read and print it."""
    how = pikepdf.Encryption(owner="x", user="", R=version, aes=version > 3, metadata=version > 3)
    data = written(encryption=how)
    assert read_document(data).data == data
    acts = written(ACTS["script on opening"], encryption=how)
    assert code_of(lambda: read_document(acts)) == "active"


def test_a_password_is_named() -> None:
    data = written(encryption=pikepdf.Encryption(owner="x", user="y", R=6))
    assert code_of(lambda: read_document(data)) == "locked"


def test_a_file_without_pages_is_damaged() -> None:
    assert (
        code_of(lambda: read_document(written(lambda pdf: pdf.pages.__delitem__(0)))) == "damaged"
    )


@pytest.mark.large
def test_a_bomb_ends_within_its_bounds() -> None:
    assert code_of(lambda: read_document(bomb(2048))) == "damaged"
