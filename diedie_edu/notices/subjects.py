"""What messages are about, and the columns of messages that a query finds.

A subject is one word for a sort of thing with its number: whoever cancels or erases by it reaches
all that was said of the thing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, F, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, JSONObject

from diedie_edu.common.belonging import SHARED, belonging, within


@dataclass(frozen=True)
class Subject:
    """A sort of thing, such as "activity". One with a `model` is a part of its app's manifest: who
    may see what was said of a row follows the row's programme."""

    word: str
    model: type[Model] | None = None

    def of(self, number: int) -> str:
        return f"{self.word}:{number}"

    def at(self, path: str) -> Combinable:
        """The same in a query; `path` leads to the number."""
        return text_of(f"{self.word}:", F(path))

    def within(self, scopes: Collection[str]) -> QuerySet:
        """Those that belong to where a right holds; none where rows belong to no programme."""
        assert self.model is not None
        rows = self.model._default_manager.none()
        if belonging(self.model) is not SHARED:
            rows = within(self.model._default_manager, scopes)
        return rows.values_list(text_of(f"{self.word}:", F("pk")), flat=True)

    def number_in(self, subject: str) -> int | None:
        """The number of one of ours: "activity:7" → 7; None for another sort of thing."""
        word, _colon, number = subject.partition(":")
        return int(number) if word == self.word and number.isdecimal() else None


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
    account: str = "",
    next_try_at: Combinable | None = None,
    expires_at: datetime | Combinable | None = None,
) -> QuerySet:
    """One message for each row, in the columns that `plan_from` reads: due now and without an end
    where nothing else is said. `recipient` is the path to the resident or, instead, `account` that
    to an account; `data` are columns and plain values."""
    return people.order_by().values(
        recipient_id=Value(None, BigIntegerField()) if account else F(recipient),
        to_account=F(account) if account else Value(None, BigIntegerField()),
        subject=_column(subject),
        revision=_column(revision),
        data=JSONObject(**{name: _column(value) for name, value in data.items()}),
        next_try_at=next_try_at or Value(now),
        expires_at=_column(expires_at) if expires_at else Value(None, DateTimeField()),
    )


def _column(value: Any) -> Any:
    return value if hasattr(value, "resolve_expression") else Value(value)
