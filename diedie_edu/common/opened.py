"""What a form was opened with, as keyed hashes that it carries along until it is sent.

A hash for each value tells who changed it since: the one who sends the form, or somebody who saved
in between. They are made for one form, one object and one account (`what`), so that no other's fit.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.timezone import is_aware

from diedie_edu.common.crypto import keyed_hash, keyed_hashes

PURPOSE = "common.opened"
DIGITS = 16  # of a hash: enough to tell a change by, and short enough to carry along


def hashes_of(values: Mapping[str, Any], what: str) -> str:
    """The hashes of values by name, as a form carries them."""
    return " ".join(
        f"{name}:{keyed_hash(_text(what, name, value), PURPOSE)[:DIGITS]}"
        for name, value in values.items()
    )


def read_hashes(carried: str) -> dict[str, str]:
    """Hashes by name, of what a form carried along; empty for what is none."""
    parts = (part.rpartition(":") for part in carried.split())
    return {name: digest for name, _colon, digest in parts}


def is_hash_of(digest: str, what: str, name: str, value: object) -> bool:
    """Whether a form was opened with this value; also where the key has been rotated since."""
    hashes = keyed_hashes(_text(what, name, value), PURPOSE)
    return digest in {whole[:DIGITS] for whole in hashes}


def _text(what: str, name: str, value: object) -> str:
    return f"{what}:{name}:{plain(value)}"


def plain(value: Any) -> str:
    """One text for a stored value and for the same one typed: rows by their key, moments to the
    minute (no form shows more), numbers without zeros at their end, several values in any order."""
    match value:
        case None:
            return ""
        case str():
            return "\n".join(value.splitlines()).strip()
        case Model():
            return str(value.pk)
        case datetime():
            there = value.astimezone(UTC) if is_aware(value) else value
            return f"{there:%Y-%m-%d %H:%M}"
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            return f"{value.normalize():f}"
        case QuerySet() | list() | tuple() | set():
            return _several(value)
    return str(value)


def _several(values: Iterable[Any]) -> str:
    return "\n".join(sorted(plain(value) for value in values))
