"""Whether the portal does its work: what /healthz says, without a word about anybody."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Min

from diedie_edu.notices.models import Notice, Status, Tick

BROKER_PATIENCE = 0.3  # seconds
STALLED_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Health:
    """`ok`: all is well. `degraded`: the portal works, but somebody should look (the broker is
    away, or nothing has ticked yet). `stalled`: people are not told. `down`: no database.
    Ages are in seconds.
    """

    status: str
    database: bool
    broker: bool
    last_tick_age: int | None = None
    oldest_due_age: int | None = None

    @property
    def http_status(self) -> int:
        """503 where it cannot do its work; without a broker `run_outbox` still delivers."""
        return 503 if self.status in ("stalled", "down") else 200

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def health(now: datetime) -> Health:
    broker = broker_answers(settings.CELERY_BROKER_URL)
    try:
        ticked_at = Tick.objects.filter(part="tick").aggregate(at=Min("ran_at"))["at"]
        due = Notice.objects.filter(status=Status.QUEUED, next_try_at__lte=now)
        due_at = due.aggregate(at=Min("next_try_at"))["at"]
    except DatabaseError:
        return Health("down", database=False, broker=broker)
    ages = [now - at if at else None for at in (ticked_at, due_at)]
    return Health(
        _status(broker=broker, ticked=ticked_at is not None, ages=ages),
        database=True,
        broker=broker,
        last_tick_age=_seconds(ages[0]),
        oldest_due_age=_seconds(ages[1]),
    )


def broker_answers(url: str) -> bool:
    """Whether the broker answers a PING within BROKER_PATIENCE."""
    # Loaded here: nothing else in a web process needs it, and it is a third of a second.
    from redis import Redis, RedisError
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    address = url.replace("redis+socket://", "unix://", 1)
    patience = {"socket_timeout": BROKER_PATIENCE, "socket_connect_timeout": BROKER_PATIENCE}
    try:
        with Redis.from_url(address, **patience, retry=Retry(NoBackoff(), 0)) as broker:
            return bool(broker.ping())
    except (RedisError, OSError, ValueError):
        return False


def _status(*, broker: bool, ticked: bool, ages: list[timedelta | None]) -> str:
    if any(age is not None and age > STALLED_AFTER for age in ages):
        return "stalled"
    return "ok" if broker and ticked else "degraded"


def _seconds(age: timedelta | None) -> int | None:
    return None if age is None else max(0, int(age.total_seconds()))
