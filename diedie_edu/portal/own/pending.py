"""Who is about to join one's family, kept in the session until their code is entered."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

KEY = "family"
LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class Joining:
    """Somebody whose phone was sent a code."""

    full_name: str
    phone: str
    house: str
    until: float


def remember(
    request: HttpRequest, *, full_name: str, phone: str, house: str, now: datetime
) -> None:
    until = (now + LIFE).timestamp()
    request.session[KEY] = asdict(Joining(full_name, phone, house, until))


def recall(request: HttpRequest, now: datetime) -> Joining | None:
    """Who is under way, unless it lapsed."""
    kept = request.session.get(KEY)
    joining = Joining(**kept) if kept else None
    return joining if joining and joining.until >= now.timestamp() else None


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
