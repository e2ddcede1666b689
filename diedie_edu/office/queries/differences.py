"""What two versions of a document say differently, line by line.

A line is the same in both where its `key` is; so a renamed one is changed, not gone and added.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from diedie_edu.common.pieces import ADDED, GONE, Piece, pieces
from diedie_edu.decisions.kinds import Content as Plain
from diedie_edu.office.models import Content, Version
from diedie_edu.office.queries.contents import BY_NAME, contents

CHANGED, MOVED = "changed", "moved"
LONG = 40  # signs, from which a text is compared piece by piece


@dataclass(frozen=True)
class Value:
    """One value of a line that differs; a long one also in `pieces`."""

    label: str
    was: str
    now: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Change:
    """One line that was added, is gone, says something else or stands elsewhere."""

    what: str
    title: str
    text: str = ""
    values: list[Value] = field(default_factory=list)
    key: str = ""


def between(old: Version, new: Version) -> list[Change]:
    """Two versions as they stand."""
    found = contents([old.pk, new.pk])
    return list(differences(found[old.pk], found[new.pk]))


def differences(old: Plain, new: Plain) -> Iterator[Change]:
    """Two contents, as `contents` gives them; also one that was kept with a decision."""
    yield from _heads(old, new)
    for name, model in BY_NAME.items():
        yield from _lines(model, old["rows"].get(name, []), new["rows"].get(name, []))


def _heads(old: Plain, new: Plain) -> Iterator[Change]:
    labels = {
        "reason": _("Why a new version"),
        "in_force_from": _("In force from"),
        "total": _("Total"),
    }
    for name, label in labels.items():
        if name != "reason" and old.get(name) != new.get(name):
            yield Change(CHANGED, label, values=[_value(label, old.get(name), new.get(name))])


def _lines(
    model: type[Content], old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> Iterator[Change]:
    before = {row["key"]: row for row in old}
    after = {row["key"] for row in new}
    places = _places(old, new)
    for row in new:
        was = before.get(row["key"])
        if was is None:
            yield _whole(ADDED, model, row)
        elif values := _values(model, was, row):
            yield Change(CHANGED, model.words(row)[0], values=values, key=row["key"])
        elif places.get(row["key"]):
            yield Change(MOVED, model.words(row)[0], key=row["key"])
    yield from (_whole(GONE, model, row) for row in old if row["key"] not in after)


def _whole(what: str, model: type[Content], row: dict[str, Any]) -> Change:
    title, text = model.words(row)
    return Change(what, title, text, key=row["key"])


def _places(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[str, bool]:
    """Which of the lines that are in both stand in another order."""
    kept = {row["key"] for row in old} & {row["key"] for row in new}
    before = [row["key"] for row in old if row["key"] in kept]
    after = [row["key"] for row in new if row["key"] in kept]
    stays: set[str] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        stays.update(after[block.b : block.b + block.size])
    return {key: key not in stays for key in after}


def _values(model: type[Content], old: dict[str, Any], new: dict[str, Any]) -> list[Value]:
    names = [name for name in model.SAID if old.get(name) != new.get(name)]
    return [_value(*_in_words(model, name, old, new)) for name in names]


def _in_words(
    model: type[Content], name: str, old: dict[str, Any], new: dict[str, Any]
) -> tuple[str, Any, Any]:
    column: Any = model._meta.get_field(name)
    choices = dict(column.flatchoices) if isinstance(column, models.Field) else {}
    was, now = (choices.get(row.get(name), row.get(name)) for row in (old, new))
    return str(column.verbose_name), was, now


def _value(label: str, was: Any, now: Any) -> Value:
    old, new = (str(value if value is not None else "") for value in (was, now))
    is_long = max(len(old), len(new)) > LONG and old and new
    return Value(label, old, new, tuple(pieces(old, new)) if is_long else ())
