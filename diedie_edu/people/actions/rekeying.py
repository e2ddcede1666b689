"""Keys of names, phones and house numbers that an older version of the rules made, made anew."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet

from diedie_edu.common.resealing import rewrite, rewriting
from diedie_edu.people.fields import KeyField

BATCH = 500


@dataclass
class Count:
    """Of one column: keys made anew, and rows whose key another row has by now, by their numbers:
    somebody brings the two together, until then the older key stays."""

    column: str
    anew: int = 0
    met: list[int] = field(default_factory=list)


def key_columns() -> Iterator[tuple[type[Model], KeyField]]:
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:
            if isinstance(column, KeyField) and not model._meta.proxy:
                yield model, column


def is_behind() -> bool:
    """Whether any key is of an older version."""
    return any(_older(model, column).exists() for model, column in key_columns())


def _older(model: type[Model], column: KeyField) -> QuerySet:
    if column.version is None:
        return model._base_manager.none()
    present = Q(**{column.name: ""}) | Q(**{f"{column.name}__startswith": f"{column.version}:"})
    return model._base_manager.exclude(present)


def rekey(*, only_look: bool) -> Iterator[Count]:
    """One count after the other, in short transactions; a second run goes on where one ended."""
    for model, column in key_columns():
        count, last = Count(f"{model._meta.label}.{column.name}"), 0
        while rows := list(model._base_manager.filter(pk__gt=last).order_by("pk")[:BATCH]):
            last = rows[-1].pk
            with rewriting():
                for row in rows:
                    _one(row, column, count, only_look)
        yield count


def _one(row: Model, column: KeyField, count: Count, only_look: bool) -> None:
    old, new = getattr(row, column.attname), column.key_of(row)
    if old == new:
        return
    if only_look or _is_written(row, column, old, new):
        count.anew += 1
    else:
        count.met.append(row.pk)


def _is_written(row: Model, column: KeyField, old: str, new: str) -> bool:
    try:
        with transaction.atomic():
            rewrite(type(row), str(column.column), row.pk, old, new)
    except IntegrityError:
        return False
    return True
