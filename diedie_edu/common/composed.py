"""Queries that are composed once, and from then on only filled in.

Composing a query costs Django five times what PostgreSQL needs to run it (docs/adr/0053), and most
pages ask the same few. A `Composed` keeps what came of it: the SQL, which column is which, how each
is converted. What differs from call to call stands in it as a *slot*.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, Count, Func, QuerySet, Value, prefetch_related_objects
from django.db.models.query import ModelIterable
from django.utils.translation import get_language

from diedie_edu.common.fresh import making_of
from diedie_edu.common.manifests import manifests

Row = TypeVar("Row")

# What stands for a slot while its query is composed: values that nobody has.
_STANDS_FOR: Mapping[type, Callable[[int], Any]] = {
    int: lambda number: 9_000_000_000_000_000_001 + number,
    datetime: lambda number: datetime(9876, 5, 4, 3, 2, 1, 1 + number, UTC),
    date: lambda number: date(9876, 5, 4) + timedelta(days=number),
    str: lambda number: f"slot {number} of a query",
    list: lambda number: [9_000_000_000_000_000_101 + number],
}


class Composed(Generic[Row]):
    """`compose(**slots)` gives the queryset; `slots` are the types of what it is given: int (of a
    key), date, datetime, str, or a list for `= ANY`.

    The query may hang on nothing else that changes while the portal runs, but on the reader's
    language. A slot that does not come out among its parameters just as it went in raises
    `TypeError` with the first call; so does every value of None, which SQL compares otherwise.
    """

    def __init__(self, compose: Callable[..., Any], **slots: type) -> None:
        self._compose, self._slots = compose, slots
        self._shapes: dict[str | None, Shape] = {}
        self._made_for: object = None

    def rows(self, **values: Any) -> list[Row]:
        """All of them. Raises `TypeError` where the values are not those of the slots."""
        if self._made_for is not manifests():
            self._shapes, self._made_for = {}, manifests()
        language = get_language()
        if language not in self._shapes:
            self._shapes[language] = Shape(self._compose, self._slots)
        return self._shapes[language].rows(values)

    def first(self, **values: Any) -> Row | None:
        return next(iter(self.rows(**values)), None)


class OneOf(Func):
    """`filter(OneOf("resident", people))`: one of a list that is a slot."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY(", BooleanField()

    def __init__(self, path: str, numbers: list[int]) -> None:
        super().__init__(path, Value(numbers))


def number_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """How many they are, as the only row."""
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count("*"))
    return counted.values_list("number", flat=True)


class Shape:
    """One query as it was composed: its `sql`, and `params`, each the name of a slot, or "" and
    what always stands there. It belongs to no thread; a compiler does."""

    def __init__(self, compose: Callable[..., Any], slots: Mapping[str, type]) -> None:
        stand_ins = {
            name: _STANDS_FOR[kind](number) for number, (name, kind) in enumerate(slots.items())
        }
        self.queryset: Any = compose(**stand_ins)
        self.compiler = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self.sql, params = self.compiler.as_sql()
        except EmptyResultSet as error:  # a column of fewer bits, or an empty list
            raise TypeError(f"No row can fit: {', '.join(slots)}.") from error
        columns = [column for column, *_more in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)
        info = self.compiler.klass_info  # of a question with yes or no there is none
        models = info and self.queryset._iterable_class is ModelIterable
        self.making = making_of(info, self.compiler.select) if models else None
        self.prefetched = self.queryset._prefetch_related_lookups
        self.params = [_slot_or_value(param, stand_ins) for param in params]
        self.names = slots.keys()
        lost = {name or "?" for name, value in self.params if _is_computed(value)}
        if lost := lost | (self.names - {name for name, _value in self.params}):
            raise TypeError(f"These have become part of the query: {', '.join(sorted(lost))}.")

    def rows(self, values: Mapping[str, Any]) -> list[Any]:
        if values.keys() != self.names or None in values.values():
            raise TypeError(f"To be filled in, and not with None: {', '.join(self.names)}.")
        params = [values[name] if name else value for name, value in self.params]
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        compiler = _like(self.compiler, connection=connection)
        if self.converters:
            rows = list(compiler.apply_converters(rows, self.converters))
        found = list(self._made(rows, compiler))
        if self.prefetched:
            prefetch_related_objects(found, *self.prefetched)
        return found

    def _made(self, rows: list[Any], compiler: Any) -> Iterable[Any]:
        if self.making is None:
            return self._as_django_does(rows, compiler)
        extra = (compiler.annotation_col_map or {}).items()
        made = [self.making.of(row, compiler.connection.alias) for row in rows]
        for name, column in extra:
            for one, row in zip(made, rows, strict=True):
                setattr(one, name, row[column])
        return made

    def _as_django_does(self, rows: list[Any], compiler: Any) -> Iterable[Any]:
        """By the queryset's own way, with a compiler that has nothing left to do."""
        compiler.results_iter = lambda *_args, tuple_expected=False, **_named: (
            map(tuple, rows) if tuple_expected else rows
        )
        query = _like(self.queryset.query, get_compiler=lambda *_args, **_named: compiler)
        filled = _like(self.queryset, _query=query)
        return filled._iterable_class(filled)


def _is_computed(value: Any) -> bool:
    """Whether it was reckoned of the stand-in of a time."""
    return isinstance(value, date) and value.year == _STANDS_FOR[date](0).year


def _like(one: Any, **changes: Any) -> Any:
    """A copy that asks nothing of what it copies: a queryset would fetch its rows."""
    made = object.__new__(type(one))
    made.__dict__.update(one.__dict__ | changes)
    return made


def _slot_or_value(param: Any, stand_ins: Mapping[str, Any]) -> tuple[str, Any]:
    """The name of a slot, or "" and what always stands there."""
    for name, stand_in in stand_ins.items():
        if type(param) is type(stand_in) and param == stand_in:
            return name, None
    return "", param
