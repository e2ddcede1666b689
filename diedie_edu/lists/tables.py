"""Small tables as lists: each row is known by its key, and kept by an action of the table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.common.typed import typed_key
from diedie_edu.lists.actions.tables import keep_row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow, take

Keep = Callable[..., None]  # keyword-only: row, by, now
Detail = Callable[[Any], object]


def table_kind(
    model: type[Model], key: Sequence[str], detail: Detail, *, keep: Keep = keep_row, **more: Any
) -> ListKind:
    """The list of a table; staff know its rows by the last column of the `key` and a `detail`."""
    return ListKind(
        rows=lambda _user, _today: model._default_manager.select_related(),
        plan=partial(TablePlan, model, key, detail, keep),
        seen_at=f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist",
        is_public=True,
        **more,
    )


@dataclass
class TableEntry(Entry):
    instance: Any = None


class TablePlan(RowByRow):
    def __init__(
        self, model: type[Model], key: Sequence[str], detail: Detail, keep: Keep, *rest: Any
    ) -> None:
        self.model, self.key, self.detail, self.keep = model, key, detail, keep
        super().__init__(*rest)

    def prepare(self) -> None:
        rows = self.model._default_manager.select_related()
        self.known = {self._key_of(partial(getattr, row)): row for row in rows}

    def entry(self, row: Row) -> TableEntry:
        key = self._key_of(row.values.__getitem__)
        self.check_alone(row, key, _TWIN, self.key[-1])
        found = self.known.get(key)
        entry = TableEntry(row, is_new=found is None, instance=found or self.model())
        entry.changes = take(entry.instance, row.values, row.values, entry.was)
        return entry

    def _key_of(self, value: Callable[[str], Any]) -> tuple[Any, ...]:
        """Its values by code; texts however they are written."""
        return tuple(
            typed_key(told) if isinstance(told, str) else told for told in map(value, self.key)
        )

    def shown(self, entry: TableEntry) -> tuple[str, str]:
        return str(getattr(entry.instance, self.key[-1])), str(self.detail(entry.instance))

    def carry_out(self, entry: TableEntry, by: User, now: datetime) -> None:
        self.keep(row=entry.instance, by=by, now=now)


_TWIN = _("Row {row} is about the same. Keep only one of the two rows.")
