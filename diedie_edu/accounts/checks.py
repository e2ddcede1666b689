"""Production does not start over accounts whose passwords everybody knows."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from diedie_edu.accounts.models import User

REFUSAL = (
    "This database holds demo accounts, whose passwords everybody knows. Production needs a "
    "database of its own: point DATABASE_URL to an empty one, or take the demonstration away "
    "with `manage.py remove_demo`. For a trial, set DEMO=true."
)


@register(Tags.database)  # type: ignore[type-var]
def no_demo_accounts(*, databases: list[str] | None, **_: Any) -> list[CheckMessage]:
    """For `manage.py check --database default`, which migrate runs too."""
    return [Error(REFUSAL, id="accounts.E001")] if databases and _holds_demo_accounts() else []


def _holds_demo_accounts() -> bool:
    if settings.DEMO or User._meta.db_table not in connection.introspection.table_names():
        return False
    return User.objects.filter(is_demo=True).exists()
