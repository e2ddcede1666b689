"""What an uploaded file really is, by its content: a picture or a PDF, and nothing that acts.

A name or a type that a browser sends says nothing. Pictures are decoded and written anew, so that
nothing but pixels is kept: not where they were taken, and no second file that rides along. What no
browser shows (TIFF, BMP) is kept as what shows the same. A PDF is read by its structure; it is
served without the right to run anything all the same.
"""

from diedie_edu.common.documents.kinds import Document, DocumentKind
from diedie_edu.common.documents.pdfs import whole_pdf
from diedie_edu.common.documents.sent_as import SentAs, sent_as

__all__ = ["ACCEPTED", "PICTURES", "Document", "DocumentKind", "read_document"]

# What a browser offers to choose. A telephone that keeps its photographs in a form of its own
# (HEIC) sends a JPEG where that is not among these.
PICTURES = ".png,.jpg,.jpeg,.webp,.tif,.tiff,.bmp,.gif"
ACCEPTED = f".pdf,{PICTURES}"


def read_document(data: bytes) -> Document:
    """Raises `Refused` for what is no whole PDF or picture, and for what acts."""
    kind = sent_as(data)
    if kind is SentAs.PDF:
        return Document(DocumentKind.PDF, whole_pdf(data))
    if kind is SentAs.TIFF:
        from diedie_edu.common.documents.pages import read_pages

        return read_pages(data)
    from diedie_edu.common.documents.pictures import read_picture

    return read_picture(data, kind)
