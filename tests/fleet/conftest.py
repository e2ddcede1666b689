"""Several machines, as far as one can be them: a real pool, and several processes."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.support.pgbouncer import pgbouncer, through_pool

SO_MANY = "80"  # sixty people hold a connection each at the same moment


@pytest.fixture
def pooled(transactional_db: None) -> Iterator[int]:
    """All that this process asks of the database goes through a pool; the port of that."""
    assert connection.vendor == "postgresql"
    with pgbouncer(default_pool_size=SO_MANY) as port, through_pool(port):
        yield port
