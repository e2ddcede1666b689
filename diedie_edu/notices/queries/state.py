"""Whether the portal does its work: what /healthz says, without a word about anybody."""

from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from socket import AF_UNIX, socket
from ssl import create_default_context
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Min

from diedie_edu.common import outside
from diedie_edu.keeping.queries import upkeep
from diedie_edu.notices.models import Notice, Status, Tick

BROKER_PATIENCE = 0.3  # seconds
STALLED_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Health:
    """`ok`: all is well. `degraded`: the portal works, but somebody should look (the broker is
    away, nothing has ticked yet, or the upkeep told in `wrong`). `stalled`: people are not told.
    `down`: no database. Ages are in seconds; `tasks` are those that beat rings, by name.
    """

    status: str
    database: bool
    broker: bool
    last_tick_age: int | None = None
    oldest_due_age: int | None = None
    back_up_age: int | None = None
    tasks: dict[str, int | None] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

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
        bells, wrong, saved_at = list(upkeep.bells()), upkeep.wrong(now), upkeep.saved_at()
    except DatabaseError:
        return Health("down", database=False, broker=broker)
    ages = [now - at if at else None for at in (ticked_at, due_at)]
    return Health(
        _status(is_well=broker and ticked_at is not None and not wrong, ages=ages),
        database=True,
        broker=broker,
        last_tick_age=_seconds(ages[0]),
        oldest_due_age=_seconds(ages[1]),
        back_up_age=_seconds(now - saved_at if saved_at else None),
        tasks={bell.name: _seconds(now - bell.ran_at if bell.ran_at else None) for bell in bells},
        wrong=wrong,
    )


def broker_answers(url: str) -> bool:
    """Whether the broker lets us in and answers a PING, all within BROKER_PATIENCE."""
    parts = urlsplit(url)
    names = [unquote(word) for word in (parts.username, parts.password) if word]
    try:
        with outside.within(BROKER_PATIENCE), closing(_connect(parts)) as broker:
            heard = outside.reader(broker)
            for words in [["AUTH", *names], ["PING"]] if parts.password else [["PING"]]:
                broker.sendall(_command(words))
                answer = heard.readline(100)
            return answer == b"+PONG\r\n"
    except (OSError, ValueError):
        return False


def _connect(parts: SplitResult) -> socket:
    """Raises `OSError`, and `ValueError` for the address of something else."""
    if parts.scheme in {"redis+socket", "unix"}:
        local = socket(AF_UNIX)
        local.settimeout(outside.left())
        local.connect(parts.path)
        return local
    if parts.scheme not in {"redis", "rediss"}:
        raise ValueError(parts.scheme)
    host = parts.hostname or "localhost"
    plain = outside.connect(host, parts.port or 6379)
    is_safe = parts.scheme == "rediss"
    return create_default_context().wrap_socket(plain, server_hostname=host) if is_safe else plain


def _command(words: list[str]) -> bytes:
    """In the broker's protocol, so that a password may hold anything."""
    sent = [word.encode() for word in words]
    return b"*%d\r\n" % len(sent) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in sent)


def _status(*, is_well: bool, ages: list[timedelta | None]) -> str:
    if any(age is not None and age > STALLED_AFTER for age in ages):
        return "stalled"
    return "ok" if is_well else "degraded"


def _seconds(age: timedelta | None) -> int | None:
    return None if age is None else max(0, int(age.total_seconds()))
