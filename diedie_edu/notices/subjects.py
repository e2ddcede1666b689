"""What messages are about, and the columns of messages that a query finds.

A subject is one word for a sort of thing with its number: whoever cancels or erases by it reaches
all that was said of the thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, JSONObject


@dataclass(frozen=True)
class Subject:
    """A sort of thing, such as "activity"."""

    word: str

    def of(self, number: int) -> str:
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


def as_messages(
    people: QuerySet,
    *,
    subject: str | Combinable,
    revision: str | Combinable,
    data: Mapping[str, Any],
    now: datetime,
    recipient: str = "resident_id",
    next_try_at: Combinable | None = None,
    expires_at: datetime | Combinable | None = None,
) -> QuerySet:
    """One message for each row, in the columns that `plan_from` reads: due now and without an end
    where nothing else is said. `recipient` is the path to the resident; `data` are columns and
    plain values."""
    return people.order_by().values(
        recipient_id=F(recipient),
        subject=_column(subject),
        revision=_column(revision),
        data=JSONObject(**{name: _column(value) for name, value in data.items()}),
        next_try_at=next_try_at or Value(now),
        expires_at=_column(expires_at) if expires_at else Value(None, DateTimeField()),
    )


def _column(value: Any) -> Any:
    return value if hasattr(value, "resolve_expression") else Value(value)
