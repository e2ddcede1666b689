"""Who leads a group no more, also when an older back-up is brought back."""

from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.endings import EndingKind
from happy_square.actions import leading
from happy_square.models import Leadership


def _leader(number: int, how: str, now: datetime) -> bool:
    """By whoever had ended it."""
    row = Leadership.objects.filter(pk=number, ended_at=None).first()
    if row:
        leading.end_leadership(leadership=row, by=User.objects.get(pk=how), now=now)
    return row is not None


ENDINGS = (
    EndingKind(
        "leader",
        20,
        "happy_square_leadership",
        "UPDATE",
        _leader,
        when="OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND NEW.ended_by_id IS NOT NULL",
        how="NEW.ended_by_id::text",
    ),
)
