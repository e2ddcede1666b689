"""The database every test database is copied from: migrated once, kept beside the servers' data.

It is made anew when a migration of any app has changed; its comment says of which migrations it
is, and is written last, so one that was cut off half-made is never copied.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from diedie_edu.keeping.actions import guards

LOCK = 20261123  # of one server: those who start at once wait for the first


def copy_from_template() -> None:
    """Let the test database that is about to be made be a copy."""
    name = f"test_{connection.settings_dict['NAME']}_template"
    with _alone() as cursor:
        if _mark(cursor, name) != _migrations():
            _migrate(name)
            cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{_migrations()}'")
    connection.settings_dict["TEST"]["TEMPLATE"] = name


@contextmanager
def _alone() -> Iterator[CursorWrapper]:
    """A cursor of the server's own database; the lock ends with its session."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield cursor


def _mark(cursor: CursorWrapper, name: str) -> str | None:
    cursor.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    )
    return next(iter(cursor.fetchone() or []), None)


def _migrations() -> str:
    """A hash of all migrations of all apps, Django's own among them, of the triggers made after
    them, and of this file."""
    mark = hashlib.sha256(f"{guards.declared()} {guards.NOTE}".encode())
    mark.update(Path(__file__).read_bytes())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            mark.update(f"{app.label}/{path.name}\n".encode() + path.read_bytes())
    return mark.hexdigest()


def _migrate(name: str) -> None:
    """Make the database `name`, in place of an older one."""
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    test_name, test["NAME"] = test["NAME"], name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    _keep_no_statistics()
    connection.creation.destroy_test_db(own, verbosity=0, keepdb=True)
    test["NAME"] = test_name


def _keep_no_statistics() -> None:
    """Tables that a test has emptied would count as empty ever after: the plans of the next test,
    whose rows are not committed and so never counted, would be bad ones."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'ALTER TABLE "{name}" SET (autovacuum_enabled = false)')
