"""What a database must be before anything of ours starts over it."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.db import DatabaseError, connection, connections
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader

OTHER_VERSION = (
    "这个数据库是门户的另一个版本建立的，表的结构不同。数据库没有改动。请用建立它的版本继续，备份也只能在那个"
    "版本里恢复；或者让 DATABASE_URL 指向一个空数据库。见 docs/deploy.md 第 6 节。\n"
    "This database was made by another version of the portal, whose tables differ. Nothing was "
    "changed. Go on with the version that made it, into which its backups are restored too; or "
    "point DATABASE_URL to an empty database. See docs/deploy.md, section 6."
)


@register(Tags.database)  # type: ignore[type-var]
def database_is_of_this_version(*, databases: list[str] | None, **_: Any) -> list[CheckMessage]:
    """For `manage.py check --database default`, which migrate runs too."""
    is_other = databases and is_of_another_version()
    return [Error(OTHER_VERSION, id="common.E001")] if is_other else []


def is_of_another_version() -> bool:
    """Whether its tables came about by other migrations than those of this code.

    A newer database, which has all of ours and more, is not meant: an upgrade may be undone.
    """
    loader = MigrationLoader(connection)
    ours, applied = set(loader.disk_migrations), set(loader.applied_migrations)
    replaced = {key for row in loader.disk_migrations.values() for key in row.replaces}
    unknown = {key for key in applied - ours - replaced if key[0] in loader.migrated_apps}
    if unknown and ours - applied:
        return True
    try:
        loader.check_consistent_history(connection)
    except InconsistentMigrationHistory:
        return True
    return False


def refuse_unfit_database() -> None:
    """For every server at its start: ends the process with the reason.

    A database that cannot be asked ends it too. `SystemExit`, because Celery goes on after
    any other exception. The connection is not kept: servers may fork afterwards.
    """
    try:
        found = run_checks(tags=[Tags.database], databases=["default"])
        if errors := [message.msg for message in found if message.is_serious()]:
            raise SystemExit("\n".join(errors))
    except DatabaseError as error:
        raise SystemExit(f"The database cannot be asked whether it is fit: {error}") from None
    finally:
        connections.close_all()
