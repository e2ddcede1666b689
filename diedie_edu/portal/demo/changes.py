"""What the season changes in rows of the plan, and taking that back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import models

from diedie_edu.common.manifests import parts_of
from diedie_edu.community.models import DemoRows
from diedie_edu.programmes.demo import DemoSeason

Values = dict[str, dict[str, Any]]


@contextmanager
def noted() -> Iterator[None]:
    """Of the tables that a season says it changes: what stood where something else stands then."""
    names = {name for season in parts_of(DemoSeason) for name in season.changes}
    before = {name: _values(name) for name in names}
    yield
    for name in names:
        now = _values(name)
        changed = {
            key: _differing(row, now[key]) for key, row in before[name].items() if key in now
        }
        if changed := {key: columns for key, columns in changed.items() if columns}:
            row, _is_new = DemoRows.objects.get_or_create(model=name)
            row.changed = changed | row.changed
            row.save()


def _values(name: str) -> Values:
    model = apps.get_model(name)
    rows = model._base_manager.values()
    counted = [field.attname for field in model._meta.concrete_fields if _is_counted(field)]
    return {str(row["id"]): {n: row[n] for n in row if n not in counted} for row in rows}


def _is_counted(field: models.Field) -> bool:
    """The database counts it itself, from the rows that go."""
    return isinstance(field, models.IntegerField) and not field.editable


def _differing(before: dict[str, Any], now: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: [old, now[name]] for name, old in before.items() if old != now[name]}


def take_back() -> None:
    """A row that is still as the season left it is what it was; what staff wrote since stays."""
    with pgtrigger.ignore():
        for mark in DemoRows.objects.exclude(changed={}):
            model = apps.get_model(mark.model)
            for key, columns in mark.changed.items():
                rows = model._base_manager.filter(pk=key)
                former = {name: _read(model, name, old) for name, (old, _new) in columns.items()}
                for name, (_old, new) in columns.items():
                    rows = rows.filter(**_is(name, _read(model, name, new)))
                rows.update(**former)


def guards() -> list[str]:
    """All triggers but those that count for another row: those are called "… follows the …"."""
    return [
        one.get_uri(model) for model, one in pgtrigger.registered() if "follow" not in str(one.name)
    ]


def _read(model: type[models.Model], name: str, value: Any) -> Any:
    """As the column has it: JSON knows no days."""
    field: Any = next(one for one in model._meta.concrete_fields if one.attname == name)
    return None if value is None else field.to_python(value)


def _is(name: str, value: Any) -> dict[str, Any]:
    return {f"{name}__isnull": True} if value is None else {name: value}
