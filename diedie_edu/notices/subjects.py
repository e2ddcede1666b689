"""What a message is about: one word for each sort of thing, with its number. Whoever cancels or
erases by it reaches all that was said of the thing."""

from dataclasses import dataclass

from django.db.models import CharField, Value
from django.db.models.expressions import Combinable, F
from django.db.models.functions import Cast, Concat


@dataclass(frozen=True)
class Subject:
    """A sort of thing, such as "activity"."""

    word: str

    def of(self, number: int) -> str:
        """ "activity:12"."""
        return f"{self.word}:{number}"

    def at(self, path: str) -> Combinable:
        """The same in a query; `path` leads to the number."""
        return text_of(f"{self.word}:", F(path))


def text_of(*parts: str | Combinable) -> Combinable:
    """Words and columns as one text, in a query."""
    texts = [
        Value(part, CharField()) if isinstance(part, str) else Cast(part, CharField())
        for part in parts
    ]
    return Concat(*texts, output_field=CharField()) if len(texts) > 1 else texts[0]
