"""The row of examples in a template: marked, so that it is never imported as a person."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

_MARKS = ("例：", "Example: ")
_UNDERSTOOD = ("例：", "例:", "示例", "example:")


def marked(text: str) -> str:
    return (_MARKS[1] if (get_language() or "").startswith("en") else _MARKS[0]) + text


def is_example(row: Sequence[Any]) -> bool:
    """Whether the row's first filled cell carries the mark."""
    first = next((cell for cell in row if cell not in ("", None)), "")
    return isinstance(first, str) and first.strip().lower().startswith(_UNDERSTOOD)
