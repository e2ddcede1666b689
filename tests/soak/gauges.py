"""What may pile up in servers that go on: memory, connections, files, logs, work that waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection
from django.utils import timezone

from diedie_edu.jobs.models import Job
from diedie_edu.local.process import Child
from diedie_edu.notices.models import Notice, Status

Sample = dict[str, float]


@dataclass(frozen=True)
class Gauge:
    """Measured in `unit`; the end may be above the start by a share of it, and by `more`."""

    name: str
    unit: str
    share: float
    more: float

    def most(self, start: float) -> float:
        return start * (1 + self.share) + self.more


GAUGES = [
    Gauge("memory of the web processes", "MB", 0.15, 20),
    Gauge("memory of the workers", "MB", 0.25, 30),
    Gauge("database connections", "", 0, 4),
    Gauge("open files", "", 0.1, 20),
    Gauge("logs for a thousand answers", "kB", 0.5, 20),
    Gauge("oldest message that is due", "s", 0, 30),
    Gauge("oldest job that waits", "s", 0, 60),
]


def sample(web: Child, workers: Child, logs: Path, answers: int) -> Sample:
    of_web, of_workers = _tree(web.process.pid), _tree(workers.process.pid)
    values = [
        sum(map(_memory, of_web)),
        sum(map(_memory, of_workers)),
        _connections(),
        sum(map(_open_files, [*of_web, *of_workers])),
        sum(file.stat().st_size for file in logs.rglob("*.log")) / 1.024 / max(answers, 1),
        _age(Notice.objects.filter(status=Status.QUEUED), "next_try_at"),
        _age(Job.objects.filter(state=Job.State.QUEUED), "asked_at"),
    ]
    return dict(zip((gauge.name for gauge in GAUGES), values, strict=True))


def middle(samples: Iterable[Sample]) -> Sample:
    rows = list(samples)
    return {name: median(row[name] for row in rows) for name in rows[0]}


def risen(start: Sample, end: Sample) -> list[str]:
    return [one.name for one in GAUGES if end[one.name] > one.most(start[one.name])]


def table(start: Sample, end: Sample) -> Iterator[str]:
    yield f"  {'':<32}{'start':>10}{'end':>10}{'at most':>10}"
    for one in GAUGES:
        first, last = start[one.name], end[one.name]
        mark = "✗" if last > one.most(first) else "✓"
        yield f"{mark} {one.name:<32}{first:>10.0f}{last:>10.0f}{one.most(first):>10.0f} {one.unit}"


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = map(int, children.read_text().split()) if children.exists() else ()
    return [pid, *(one for child in below for one in _tree(child))]


def _memory(pid: int) -> float:
    """Megabytes; what several processes share counts once for all of them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended since
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0)


def _open_files(pid: int) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0


def _connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


def _age(waiting: object, since: str) -> float:
    oldest = waiting.order_by(since).values_list(since, flat=True).first()
    return max((timezone.now() - oldest).total_seconds(), 0) if oldest else 0
