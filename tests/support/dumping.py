"""Everything that the database holds, as text."""

from collections.abc import Iterator

from django.db import connection


def places_of(text: str) -> set[str]:
    """The columns, such as "people_resident.phone", in which a row holds `text` somewhere."""
    return {place for place, held in _cells() if text in held}


def _cells() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column.name for column in cursor.description]
            for row in cursor.fetchall():
                yield from (
                    (f"{table}.{name}", str(cell)) for name, cell in zip(names, row, strict=True)
                )
