"""Django's PostgreSQL, right behind a pool of connections in transaction mode too."""

from typing import Any

from django.db import transaction
from django.db.backends.postgresql import base
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

LOST = "An error of the database was caught without an inner atomic(): all of it is rolled back."


class DatabaseWrapper(base.DatabaseWrapper):
    def chunked_cursor(self) -> Any:
        """A cursor of the database while a transaction holds it.

        Outside of one, Django's would live in a connection that the pool hands to the next
        process, which names its own alike: a loop got rows of another's table, without an error.
        """
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()

    def _commit(self) -> None:
        """Raises `TransactionManagementError` where an error had ended the transaction.

        PostgreSQL answers such a COMMIT by rolling back, without an error: the page would say that
        it is done, and what waits for the commit would run.
        """
        is_open = self.connection is not None
        if is_open and self.connection.info.transaction_status == TRANSACTION_STATUS_INERROR:
            raise transaction.TransactionManagementError(LOST)
        super()._commit()  # type: ignore[misc]
