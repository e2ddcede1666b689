"""What was done to whole rows, noted so that it can be brought back.

Every write of such an action goes through a `Deed`. Its notes say of each row what stood in which
columns before and after; `undo` brings back what is still as it was left, and says what is not.
They hold people's words, so they are kept sealed, and no longer than they are good for.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.db.models.deletion import Collector

from diedie_edu.common.manifests import parts_by
from diedie_edu.common.references import keys_to
from diedie_edu.common.sealed import content_of

Columns = dict[str, Any]


@dataclass(frozen=True)
class Note:
    """What became of one row: `before` and `after` by column; None where there was, or is, none."""

    model: str
    pk: Any
    before: Columns | None
    after: Columns | None

    @property
    def rows(self) -> QuerySet[Any]:
        return self.table._base_manager.all()

    @property
    def table(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def values(self, columns: Columns) -> Columns:
        """Columns as the table's fields have them, wherever they were read from."""
        fields = {field.attname: field for field in self.table._meta.concrete_fields}
        return {name: fields[name].to_python(value) for name, value in columns.items()}


@dataclass
class Deed:
    """One action on whole rows by `by` at `now`, and its notes."""

    by: Any
    now: datetime
    notes: list[Note] = field(default_factory=list)
    staying: set[models.Model] = field(default_factory=set)

    def change(self, row: models.Model, **columns: Any) -> None:
        """Write these columns of a row."""
        new = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if new:
            self.note(row, {name: getattr(row, name) for name in new}, new)
            type(row)._base_manager.filter(pk=row.pk).update(**new)
            for name, value in new.items():
                setattr(row, name, value)

    def point(self, rows: Iterable[models.Model], column: str, to: Any) -> None:
        """One column of many rows of a table, in one statement."""
        found = [row for row in rows if row not in self.staying]
        for row in found:
            self.note(row, {column: getattr(row, column)}, {column: to})
        if found:
            pks = [row.pk for row in found]
            type(found[0])._base_manager.filter(pk__in=pks).update(**{column: to})

    def stay(self, row: models.Model) -> None:
        """This row goes on naming the empty one."""
        self.staying.add(row)

    def drop(self, row: models.Model) -> None:
        """Take a row out, with all that hangs on it."""
        doomed: Any = Collector(using="default", origin=row)
        doomed.collect([row])
        for (key, value), groups in doomed.field_updates.items():
            for one in chain(*groups):
                self.note(one, {key.attname: getattr(one, key.attname)}, {key.attname: value})
        for one in chain(*doomed.data.values(), *doomed.fast_deletes):
            self.note(one, columns_of(one), None)
        doomed.delete()

    def make(self, row: models.Model) -> None:
        """Write a row that was not there."""
        row.save(force_insert=True)
        self.note(row, None, columns_of(row))

    @contextmanager
    def watching(self, rows: Iterable[models.Model]) -> Iterator[None]:
        """Note what the block does to these rows, by ways of its own."""
        before = [(row, columns_of(row)) for row in rows]
        yield
        for row, was in before:
            there = type(row)._base_manager.filter(pk=row.pk).first()
            is_now = columns_of(there) if there else {}
            new = {name: value for name, value in is_now.items() if was[name] != value}
            if new:
                self.note(row, {name: was[name] for name in new}, new)
            elif there is None:
                self.note(row, was, None)

    def note(self, row: models.Model, before: Columns | None, after: Columns | None) -> None:
        self.notes.append(Note(row._meta.label, row.pk, before, after))


def columns_of(row: models.Model) -> Columns:
    return {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}


class Exact(json.JSONEncoder):
    """Times to the microsecond, so that a row comes back as it was."""

    def default(self, value: Any) -> str:
        return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def written(notes: Iterable[Note]) -> str:
    return json.dumps([vars(note) for note in notes], cls=Exact, ensure_ascii=False)


def read(text: str) -> list[Note]:
    return [Note(**note) for note in content_of(text or "[]")]


# --- Bringing back ---------------------------------------------------------------------


@dataclass(frozen=True)
class BroughtBack:
    """A row of `model` counts somewhere else too: `bring(row, columns, now)` writes what can be
    brought back, and says whether that is all of it; `may(row, now)` whether one that was taken
    out may stand again."""

    model: str
    bring: Callable[[Any, Columns, datetime], bool]
    may: Callable[[Any, datetime], bool] = lambda _row, _now: True


@dataclass(frozen=True)
class Left:
    """What stays as it is: somebody changed it since, or it is gone (`row` is None)."""

    table: type[models.Model]
    row: models.Model | None


def undo(notes: Iterable[Note], now: datetime) -> list[Left]:
    """Bring back what is as it was left, the last first; what is not, is named."""
    left, dropped = [], []
    for note in reversed(list(notes)):
        if note.after is None:
            dropped.append(note)
        elif not _bring(note, now):
            left.append(Left(note.table, note.rows.filter(pk=note.pk).first()))
    for note in reversed(dropped):
        row = note.table(**note.values(note.before or {}))
        part = parts_by(BroughtBack, "model").get(note.model)
        if part is None or part.may(row, now):
            row.save_base(raw=True, force_insert=True)
        else:
            left.append(Left(note.table, None))
    return left


def _bring(note: Note, now: datetime) -> bool:
    """Whether all of it could be brought back."""
    row = note.rows.select_for_update(of=("self",)).filter(pk=note.pk).first()
    if row is None:
        return False
    if note.before is None:
        return _take_out(row)
    after, before = note.values(note.after or {}), note.values(note.before)
    same = {name: before[name] for name, value in after.items() if getattr(row, name) == value}
    bring = parts_by(BroughtBack, "model").get(note.model)
    return (bring.bring if bring else write)(row, same, now) and same == before


def write(row: models.Model, columns: Columns, now: datetime) -> bool:
    if columns:
        type(row)._base_manager.filter(pk=row.pk).update(**columns)
    return True


def _take_out(row: models.Model) -> bool:
    """Unless something hangs on it by now."""
    keys = keys_to(type(row))
    if any(key.model._base_manager.filter(**{key.name: row}).exists() for key in keys):
        return False
    row.delete()
    return True
