"""Who stands in for somebody no more, also when an older back-up is brought back."""

from datetime import datetime

from diedie_edu.common.endings import EndingKind
from diedie_edu.decisions.models import Deputy


def _deputy(number: int, _how: str, now: datetime) -> bool:
    return bool(Deputy.objects.filter(pk=number, ended_at=None).update(ended_at=now))


ENDINGS = (
    EndingKind(
        "deputy",
        20,
        "decisions_deputy",
        "UPDATE",
        _deputy,
        when="OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL",
    ),
)
