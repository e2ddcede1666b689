"""Triggers that refuse a row as a constraint does: by name. Declared in `Meta.triggers`."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

import pgtrigger
from django.db import models


def refuse(constraint: str, message: str) -> str:
    """PL/pgSQL that refuses the row: Django raises IntegrityError, `constraint_of` the name."""
    return f"RAISE check_violation USING CONSTRAINT = '{constraint}', MESSAGE = '{message}';"


class Guard(pgtrigger.Trigger):
    """A check after a row is written; with `timing=pgtrigger.Deferred` when all is done.

    It refuses with `message` where the query `found` (from its FROM on) finds a row, or where
    `missing` finds none; before it runs `first`, which locks. What fits neither says `func`.
    `constraint` is the name in the error, where several triggers say the same.

    Behind `UpdateOf` it looks only at rows in which one of those columns changes its value: for
    PostgreSQL a column that is written is updated, and `save()` writes them all.
    """

    when = pgtrigger.After
    constraint = first = found = missing = message = ""

    def __init__(self, **options: Any) -> None:
        own = ("constraint", "first", "found", "missing", "message")
        vars(self).update({key: options.pop(key) for key in own if key in options})
        super().__init__(**options)

    def refusal(self) -> str:
        return refuse(self.constraint or str(self.name), self.message)

    def get_func(self, model: models.Model) -> str:
        if self.func:
            return str(self.func)
        query = f"PERFORM {cleandoc(self.found or self.missing)};"
        where = "IF FOUND" if self.found else "IF NOT FOUND"
        check = f"{query}\n{where} THEN\n    {self.refusal()}\nEND IF;\nRETURN coalesce(NEW, OLD);"
        return f"{cleandoc(self.first)}\n{check}"

    def passes(self) -> str:
        """PL/pgSQL that lets an update pass in which no watched column has another value."""
        watched = [
            column
            for operation in self.operation or ()
            if isinstance(operation, pgtrigger.UpdateOf)
            for column in operation.columns
        ]
        if not watched:
            return ""
        old, new = (", ".join(f"{row}.{column}" for column in watched) for row in ("OLD", "NEW"))
        same = f"ROW({old}) IS NOT DISTINCT FROM ROW({new})"
        return f"IF TG_OP = 'UPDATE' AND {same} THEN\n    RETURN NEW;\nEND IF;\n"

    def render_func(self, model: models.Model) -> str:
        """Without its indentation, so that moving the text in the source asks for no migration."""
        return self.passes() + cleandoc(self.get_func(model))


class Stays(Guard):
    """Rows stay as they were written: `operation`, an update where none is named, is refused."""

    when = pgtrigger.Before
    operation = pgtrigger.Update

    def get_func(self, model: models.Model) -> str:
        return self.refusal()


class NeverEmptied(Stays):
    """The table is not truncated: that fires no trigger of a row. `manage.py flush` stops there."""

    level = pgtrigger.Statement
    operation = pgtrigger.Truncate
    message = "This table is never emptied."


@dataclass(frozen=True)
class ForbiddenWrite:
    """A write that a guard must refuse, tried by the hour in a transaction that is taken back: what
    the catalogue says of guards is one thing, what they do another."""

    write: Callable[[], object]
