"""Rows of models as they come from the database, put together at once (docs/adr/0073).

Django's `Model.__init__` gives a row one value after the other, each through the descriptor of its
field, and tells two signals of it. None of that has anything to do for a row that has just been
read: nothing of it is known yet, and nobody listens. It took a fifth of a page of many rows.
"""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any, TypeVar

from django.db.models import Model, signals
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute

Row = TypeVar("Row", bound=Model)


def fresh(model: type[Row], db: str | None, names: Iterable[str], values: Sequence[Any]) -> Row:
    """What `Model.from_db` gives, of a model that `is_plain`."""
    row = object.__new__(model)
    state = ModelState()
    state.adding, state.db = False, db
    row.__dict__ = {"_state": state, **dict(zip(names, values, strict=True))}
    return row


@cache
def is_plain(model: type[Model]) -> bool:
    """Whether putting a row of it together is nothing but keeping its values."""
    kinds = {type(_as_written(model, field.attname)) for field in model._meta.concrete_fields}
    return (
        model.__init__ is Model.__init__
        and kinds <= {DeferredAttribute, ForeignKeyDeferredAttribute}
        and not signals.pre_init.has_listeners(model)
        and not signals.post_init.has_listeners(model)
    )


def _reads_as_django_does(model: type[Model]) -> bool:
    """A model with a way of its own to be read keeps it (`people.Resident`)."""
    return _as_written(model, "from_db") is vars(Model)["from_db"]


def _as_written(model: type[Model], name: str) -> object:
    return next(vars(kind)[name] for kind in model.__mro__ if name in vars(kind))


class Making:
    """How a row of a query becomes a model with what it joins, as Django's `ModelIterable` does it.
    `info` and `select` are what the query's compiler says of its columns."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any]) -> None:
        model, columns = info["model"], info["select_fields"]
        self.start, self.end = columns[0], columns[-1] + 1
        self.names = [column.target.attname for column, *_more in select[self.start : self.end]]
        self.key = self.names.index(model._meta.pk.attname)
        own_way = not (is_plain(model) and _reads_as_django_does(model))
        self.make = model.from_db if own_way else partial(fresh, model)
        self.joined = [
            (Making(one, select), one["local_setter"], one["remote_setter"])
            for one in info.get("related_klass_infos", ())
        ]

    def of(self, row: Sequence[Any], db: str) -> Any:
        """None where what is joined is not there."""
        values = row[self.start : self.end]
        if values[self.key] is None:
            return None
        made = self.make(db, self.names, values)
        for making, keep_here, keep_there in self.joined:
            other = making.of(row, db)
            keep_here(made, other)
            if other is not None:
                keep_there(other, made)
        return made


def making_of(info: dict[str, Any], select: Sequence[Any]) -> Making | None:
    """None where a child is joined to the model that it begins as."""
    return None if _joins_a_child(info) else Making(info, select)


def _joins_a_child(info: dict[str, Any]) -> bool:
    related = info.get("related_klass_infos", ())
    return any(one["from_parent"] or _joins_a_child(one) for one in related)
