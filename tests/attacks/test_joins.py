"""No page has the database plan for longer than it reads."""

from collections import defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.access_things import Things
from tests.support.bounds import Readers, pages
from tests.support.joined import tables_joined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
# PostgreSQL tries every order of the tables: measured with these statements, seven are planned in
# about a millisecond, eight in two, ten in ten.
MOST = 8
# Figures of a whole year, which run for longer than they are planned.
FIGURES = {"figures:all_sessions"}


def test_what_is_counted() -> None:
    assert tables_joined("SELECT 1 FROM a") == 1
    assert (
        tables_joined("SELECT 1 FROM a INNER JOIN b ON (a.x = b.x) LEFT OUTER JOIN c ON (1=1)") == 3
    )
    inner = "(SELECT 1 FROM b JOIN c ON (b.x = c.x))"
    assert tables_joined(f"SELECT {inner}, {inner} FROM a") == 2
    assert tables_joined(f"SELECT 1 FROM a WHERE (EXISTS{inner} AND NOT EXISTS{inner})") == 5


def test_no_statement_of_a_page_joins_many_tables(things: Things, readers: Readers) -> None:
    found: dict[str, int] = defaultdict(int)
    for name, path, who in pages(things, readers):
        with CaptureQueriesContext(connection) as captured:
            who.get(path)
        found[name] = max(tables_joined(row["sql"]) for row in captured) if captured else 0
    assert {name: number for name, number in found.items() if number > MOST} == dict.fromkeys(
        FIGURES, 10
    )
