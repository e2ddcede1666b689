"""Loops over many rows behind a pool in transaction mode."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import ProgrammingError
from django.db.backends.postgresql.base import DatabaseWrapper

from tests.support.pool import client_of, folder_of_server, pool

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not folder_of_server(), reason="needs PostgreSQL's socket"),
]


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    found = tmp_path_factory.mktemp("pool")
    with pool(found):
        yield found


def two_loops(one: object, other: object) -> list[list[str]]:
    """Each begins before the other has ended."""
    first, second = one.chunked_cursor(), other.chunked_cursor()
    found = []
    for cursor, word in ((first, "one"), (second, "other")):
        cursor.execute("SELECT %s FROM generate_series(1, 3)", [word])
        found.append([cursor.fetchone()[0]])
    for cursor, words in zip((first, second), found, strict=True):
        words += [word for (word,) in cursor.fetchall()]
        cursor.close()
    return found


def test_two_loops_at_once_get_their_own_rows(folder):
    with client_of(folder) as one, client_of(folder) as other:
        assert two_loops(one, other) == [["one"] * 3, ["other"] * 3]


def test_djangos_own_cursors_would_meet_in_one_connection(folder):
    """The negative control: they are named alike, and live longer than their transactions."""
    with (
        client_of(folder, DatabaseWrapper) as one,
        client_of(folder, DatabaseWrapper) as other,
        pytest.raises(ProgrammingError, match="already exists"),
    ):
        two_loops(one, other)


def test_within_a_transaction_the_database_keeps_the_rows(folder):
    """So that the memory which a loop needs does not grow with them."""
    with client_of(folder) as client:
        assert client.chunked_cursor().name is None
        with client.cursor() as cursor:
            cursor.execute("BEGIN")
        client.in_atomic_block = True
        assert client.chunked_cursor().name
        client.in_atomic_block = False
        client.rollback()
