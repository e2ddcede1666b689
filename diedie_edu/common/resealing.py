"""Everything sealed or hashed, under the newest keys: what `manage.py reseal` does.

Sealed columns are found by walking the models. For a stored keyed hash its app says by `Rehashed`
how it is computed anew, or by `EndsWithKey` what ends when its key goes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pgtrigger
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.utils.functional import Promise

from diedie_edu.common.crypto import is_of_first_key, seal, unseal
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.sealed import SealedTextField, Unreadable

BATCH = 200


@dataclass(frozen=True)
class Rehashed:
    """A stored keyed hash: `anew` computes it from its row; None where nothing is left to compute
    it from, as of somebody who is erased, and it ends with its key."""

    model: str
    column: str
    anew: Callable[[Any], str | None]


@dataclass(frozen=True)
class EndsWithKey:
    """A stored keyed hash that nobody can compute anew, and what ends when its key goes."""

    model: str
    column: str
    words: Promise


@dataclass
class Count:
    """Of one column: texts under the newest key, under former ones (written anew unless it was only
    to be looked at), hashes that end with their key, and texts that no key opens, by the numbers of
    their rows."""

    column: str
    newest: int = 0
    former: int = 0
    ending: int = 0
    unreadable: list[int] = field(default_factory=list)


def reseal(*, only_look: bool) -> Iterator[Count]:
    """One count after the other. Every step is a short transaction and writes only what nobody has
    written since it was read, so the portal may run meanwhile and a second run goes on from there.
    """
    for model, column in sealed_columns():
        yield _reseal(model, column, only_look)
    yield from rehash(only_look=only_look)


def rehash(*, only_look: bool) -> Iterator[Count]:
    """The part of `reseal` that computes keyed hashes anew, also those of keys of an older version
    (`names.name_key`)."""
    for part in parts_of(Rehashed):
        yield _rehash(part, only_look)


def what_ends() -> Iterator[str]:
    """With a former SECRET_KEY, in the reader's language."""
    yield from sorted({str(part.words) for part in parts_of(EndsWithKey)})


def sealed_columns() -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        if model._meta.proxy:
            continue
        for column in model._meta.local_concrete_fields:
            if isinstance(column, SealedTextField):
                yield model, str(column.column)


@contextmanager
def rewriting() -> Iterator[None]:
    """A short transaction past the guards by which rows stay as they were: what is written anew
    says the same as before."""
    with pgtrigger.ignore(), transaction.atomic():
        yield


# --- Sealed texts ----------------------------------------------------------------------


def _reseal(model: type[Model], column: str, only_look: bool) -> Count:
    count, last = Count(f"{model._meta.label}.{column}"), 0
    while rows := _tokens(model, column, last):
        last = rows[-1][0]
        with rewriting():
            for pk, token in rows:
                _one(model, column, pk, token, count, only_look)
    return count


def _tokens(model: type[Model], column: str, after: int) -> list[tuple[int, str]]:
    table, pk = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{pk}", "{column}" FROM "{table}" WHERE "{column}" <> \'\' AND "{pk}" > %s'  # nosec B608
            f' ORDER BY "{pk}" LIMIT {BATCH}',
            [after],
        )
        return cursor.fetchall()


def _one(
    model: type[Model], column: str, pk: int, token: str, count: Count, only_look: bool
) -> None:
    try:
        is_newest = is_of_first_key(token)
    except InvalidToken:
        count.unreadable.append(pk)
        return
    if is_newest:
        count.newest += 1
        return
    count.former += 1
    if not only_look:
        rewrite(model, column, pk, token, seal(unseal(token)))


def rewrite(model: type[Model], column: str, pk: int, old: str, new: str) -> None:
    """The same in another form, where it still is what was read."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET "{column}" = %s WHERE "{key}" = %s AND "{column}" = %s',  # nosec B608
            [new, pk, old],
        )


# --- Keyed hashes ----------------------------------------------------------------------


def _rehash(part: Rehashed, only_look: bool) -> Count:
    model, count, last = apps.get_model(part.model), Count(f"{part.model}.{part.column}"), 0
    kept = model._base_manager.exclude(**{part.column: ""}).order_by("pk")
    while rows := list(kept.filter(pk__gt=last)[:BATCH]):
        last = rows[-1].pk
        with rewriting():
            for row in rows:
                _one_hash(part, row, count, only_look)
    return count


def _one_hash(part: Rehashed, row: Model, count: Count, only_look: bool) -> None:
    if any(isinstance(value, Unreadable) for value in vars(row).values()):
        count.unreadable.append(row.pk)
        return
    old, new = getattr(row, part.column), part.anew(row)
    if new is None:
        count.ending += 1
    elif old == new:
        count.newest += 1
    else:
        count.former += 1
        if not only_look:
            rewrite(type(row), part.column, row.pk, old, new)
