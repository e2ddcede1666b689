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
    rows = apps.get_model(name)._base_manager.values()
    return {str(row["id"]): row for row in rows}


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


def _read(model: type[models.Model], name: str, value: Any) -> Any:
    """As the column has it: JSON knows no days."""
    field: Any = next(one for one in model._meta.concrete_fields if one.attname == name)
    return None if value is None else field.to_python(value)


def _is(name: str, value: Any) -> dict[str, Any]:
    return {f"{name}__isnull": True} if value is None else {name: value}
