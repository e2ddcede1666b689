"""Rows of models as they come from the database, put together at once (docs/adr/0073).

Django's `Model.__init__` gives a row one value after the other, each through the descriptor of its
field, and tells two signals of it. None of that has anything to do for a row that has just been
read: nothing of it is known yet, and nobody listens. It took a fifth of a page of many rows.
"""

from collections.abc import Iterable, Sequence
from functools import cache
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


class Fresh:
    """Stands for a model where the rows of a query are put together."""

    def __init__(self, model: type[Model]) -> None:
        self.model, self._meta = model, model._meta

    def from_db(self, db: str | None, names: Iterable[str], values: Sequence[Any]) -> Model:
        return fresh(self.model, db, names, values)


def of_fresh_rows(info: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a compiler says of the models that it reads, with fresh rows where they are plain; of a
    query without models there is none."""
    if info is None:
        return None
    model = info["model"]
    related = [of_fresh_rows(one) for one in info.get("related_klass_infos", [])]
    made = Fresh(model) if is_plain(model) and _reads_as_django_does(model) else model
    return {**info, "model": made, "related_klass_infos": related}
