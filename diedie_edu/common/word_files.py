"""What an uploaded Word file is looked at for: that it is one, and holds nothing that acts.

A .docx is a ZIP of XML. One with macros is another format under the same name; embedded objects and
templates that lie elsewhere run or load something when the file is opened.
"""

import re

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.archive import Unpacking, members_of

NEEDED = {"[Content_Types].xml", "word/document.xml"}
ACTS = re.compile(r"vbaProject|activeX|word/embeddings/", re.IGNORECASE)
# A hyperlink waits for a click; anything else outside is loaded when the file is opened.
ELSEWHERE = re.compile(rb"<Relationship\b(?![^>]*/hyperlink\")[^>]*TargetMode=\"External\"")


def is_word(data: bytes) -> bool:
    """By its first bytes: a ZIP, as every .docx is."""
    return data.startswith(b"PK\x03\x04")


def check_word(data: bytes) -> None:
    """Raises `Refused` (`kind`, `active`, `file_damaged`, `file_protected`,
    `file_unpacks_too_big`)."""
    members = members_of(data)
    names = {member.filename for member in members}
    if not names >= NEEDED:
        raise Refused("kind", _("This is no Word file (.docx). Please save it as one."), "file")
    unpacking = Unpacking(data)
    relations = [one for one in members if one.filename.lower().endswith(".rels")]
    loads = [ELSEWHERE.search(unpacking.book(one)) for one in relations]
    if any(map(ACTS.search, names)) or any(loads):
        text = _("This Word file holds macros or other files. Please save it as a PDF instead.")
        raise Refused("active", text, "file")
