"""What a rule, an action or the database says no with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from diedie_edu.common.errors import Refused, constraint_of


def refusal_of(call: Callable[[], object]) -> tuple[str, str | None] | None:
    """The code and the field of a refusal; None where the call goes through."""
    try:
        call()
    except Refused as refused:
        return refused.code, refused.field
    return None


def code_of(call: Callable[[], object]) -> str | None:
    refusal = refusal_of(call)
    return refusal and refusal[0]


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """The block breaks exactly this constraint."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        yield
    assert constraint_of(error.value) == constraint


def guard_that_stops(make: Callable[[], object]) -> str:
    """The name of the database's guard, whether it checks at once or when all is done."""

    def whole() -> None:
        with transaction.atomic():
            make()
            check_at_once()

    with pytest.raises(IntegrityError) as error:
        whole()
    return constraint_of(error.value)


def guard_or_none(make: Callable[[], object]) -> str | None:
    """As `guard_that_stops`; None where it goes through, and stays."""
    try:
        with transaction.atomic():
            make()
    except IntegrityError as error:
        return constraint_of(error)
    return None


def check_at_once() -> None:
    """Have the database check now what it else checks when the transaction ends.

    What it checks then is named, for SET CONSTRAINTS ALL DEFERRED would put off to the end what
    else is checked at the end of each statement.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT string_agg(DISTINCT quote_ident(conname), ', ')"
            " FROM pg_constraint WHERE condeferred"
        )
        cursor.execute(f"SET CONSTRAINTS {cursor.fetchone()[0]} DEFERRED")


def run(statement: str, *values: object) -> None:
    """One statement in SQL, past every rule of ours."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
