"""What is missing in the database is said by `manage.py check --database default`."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from diedie_edu.keeping.actions import guards

GONE = (
    "数据库里的防护（触发器）被去掉或改动了；manage.py migrate 会补好。\n"
    "A guard of the database (a trigger) is missing or changed; manage.py migrate puts it back."
)


@register(Tags.database)  # type: ignore[type-var]
def guards_stand(*, databases: list[str] | None, **_: Any) -> list[CheckMessage]:
    """A warning, for `migrate`, which mends it, asks this first."""
    is_gone = bool(databases) and not guards.stand()
    return [Warning(GONE, id="keeping.W001")] if is_gone else []
