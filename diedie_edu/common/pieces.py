"""What two wordings of a text say differently, piece by piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, ADDED = "same", "gone", "added"
# A place to be filled, words of a Latin script and numbers as a whole, Chinese by the sign.
PIECES = re.compile(r"\$?\{\w+\}|[A-Za-z0-9.,]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A piece of a text: in both, in the old alone ("gone"), in the new alone ("added")."""

    what: str
    text: str

    @property
    def tag(self) -> str:
        """How a page marks it."""
        return {GONE: "del", ADDED: "ins"}.get(self.what, "span")


def pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = PIECES.findall(old), PIECES.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, start, end, start_new, end_new in matcher.get_opcodes():
        if what == "equal":
            yield Piece(SAME, "".join(after[start_new:end_new]))
            continue
        gone, added = "".join(before[start:end]), "".join(after[start_new:end_new])
        yield from (Piece(kind, text) for kind, text in ((GONE, gone), (ADDED, added)) if text)
