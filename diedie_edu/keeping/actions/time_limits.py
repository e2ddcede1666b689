"""How long the database works, or waits, for one statement: a setting of our role in our database.

Not said when a connection is opened: a pool in transaction mode refuses that, or drops it unseen,
and what a session sets would go to whoever is lent the connection next.
"""

from django.conf import settings
from django.db import connection

NOW = "SELECT name, setting::bigint FROM pg_settings WHERE name = ANY(%s)"  # milliseconds
UNHURRIED = "; ".join(f"SET {name} = 0" for name in settings.TIME_LIMITS)


def limits_in_force() -> dict[str, int]:
    """Of this connection, in seconds; 0 is none."""
    with connection.cursor() as cursor:
        cursor.execute(NOW, [list(settings.TIME_LIMITS)])
        return {name: milliseconds // 1000 for name, milliseconds in cursor.fetchall()}


def set_limits() -> dict[str, int]:
    """Those of the settings, for connections that are opened from now on."""
    database = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        for name, seconds in settings.TIME_LIMITS.items():
            cursor.execute(
                f"ALTER ROLE CURRENT_USER IN DATABASE {database} SET {name} = %s", [f"{seconds}s"]
            )
    return dict(settings.TIME_LIMITS)


def lift_for_this_session() -> None:
    """For long work over a connection of its own; never through a pool."""
    if not settings.POOLED:
        with connection.cursor() as cursor:
            cursor.execute(UNHURRIED)
