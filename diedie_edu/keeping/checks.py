"""What is missing in the database, or between it and us, is said by `manage.py check --database
default`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from diedie_edu.keeping.actions import guards, time_limits

GONE = (
    "数据库里的防护（触发器）被去掉或改动了；manage.py migrate 会补好。\n"
    "A guard of the database (a trigger) is missing or changed; manage.py migrate puts it back."
)

AT_THE_START = (
    "POOLED=true，DATABASE_URL 里却有 options：连接池会拒绝它，或者不声不响地丢掉。"
    "去掉它，运行 limit_time。\n"
    "DATABASE_URL has options, which a pool refuses or drops unseen. Take them out, and run "
    "`manage.py limit_time`."
)
NO_LIMIT = (
    "经过连接池，这些时限没有生效：%s。运行 manage.py limit_time，再让连接池重新连接。\n"
    "Asked through the pool, these limits of time are not in force. Run `manage.py limit_time`, "
    "then let the pool connect anew."
)


@register()
def pool_is_given_no_options(**_: Any) -> list[CheckMessage]:
    given = connection.settings_dict["OPTIONS"].get("options")
    return [Error(AT_THE_START, id="keeping.E001")] if settings.POOLED and given else []


@register(Tags.database)  # type: ignore[type-var]
def limits_are_in_force(*, databases: list[str] | None, **_: Any) -> list[CheckMessage]:
    """A warning, for `migrate`, before which there may be none."""
    if not (databases and settings.POOLED):
        return []
    missing = [name for name, seconds in time_limits.limits_in_force().items() if not seconds]
    return [Warning(NO_LIMIT % ", ".join(missing), id="keeping.W002")] if missing else []


@register(Tags.database)  # type: ignore[type-var]
def guards_stand(*, databases: list[str] | None, **_: Any) -> list[CheckMessage]:
    """A warning, for `migrate`, which mends it, asks this first."""
    is_gone = bool(databases) and not guards.stand()
    return [Warning(GONE, id="keeping.W001")] if is_gone else []
