"""Messages of two records of one person: told once."""

from typing import Any

from django.db.models import QuerySet

from diedie_edu.common.deeds import Deed
from diedie_edu.notices.models import STOPPABLE, Notice, Status
from diedie_edu.people.models import Resident


def rewrite_keys(deed: Deed, rows: QuerySet[Any], column: str, to: Any) -> None:
    """The key by which a message is told once names the addressee too; what waits for both is sent
    once."""
    if column not in {"recipient", "account"}:
        return
    mark = "a" if column == "account" else ""
    own = [row for row in rows if row.dedupe_key == _key(row, mark, getattr(row, f"{column}_id"))]
    keys = {row: _key(row, mark, to) for row in own}
    known = Notice.objects.filter(dedupe_key__in=keys.values())
    taken = set(known.values_list("dedupe_key", flat=True))
    for row, key in keys.items():
        if key not in taken:
            deed.change(row, dedupe_key=key)
        elif row.status in STOPPABLE:
            _stop(row, deed)


def _key(row: Notice, mark: str, number: Any) -> str:
    return f"{row.event}:{mark}{number}:{row.channel}"


def stop_all(resident: Resident, deed: Deed) -> None:
    """Whoever is gone is sent nothing, and nobody is asked to call them."""
    waiting = Notice.objects.filter(recipient=resident, status__in=STOPPABLE)
    for row in waiting.order_by("pk"):
        _stop(row, deed)


def _stop(row: Notice, deed: Deed) -> None:
    stopped = {"status": Status.CANCELLED, "settled_at": deed.now}
    deed.change(row, **stopped, sealed="", lease=None)
