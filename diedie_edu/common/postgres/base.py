"""Django's PostgreSQL, right behind a pool of connections in transaction mode too."""

from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def chunked_cursor(self) -> Any:
        """A cursor of the database while a transaction holds it.

        Outside of one, Django's would live in a connection that the pool hands to the next
        process, which names its own alike: a loop got rows of another's table, without an error.
        """
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()
