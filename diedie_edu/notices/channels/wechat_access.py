"""The one token by which every process calls WeChat in the name of our official account.

It lies sealed in the database. One process fetches a new one while it has the lease; the others go
on with the old one, which WeChat takes for five minutes more, or wait where there is none. A token
that WeChat refused is replaced once, by whoever is first.
"""

import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from diedie_edu.common.days import local_day
from diedie_edu.notices.channels.wechat_calls import NotSaidError, call, code_of, named
from diedie_edu.notices.models import WeChatAccess

EARLY = timedelta(minutes=5)  # before its end WeChat gives a new one, and takes both
LOOK_AGAIN = 0.1  # seconds
# By force, which ends the old one at once, WeChat gives twenty a day, half a minute apart.
FORCED_A_DAY, FORCED_APART = 20, timedelta(seconds=30)
REFUSED_FOR = timedelta(minutes=1)  # a secret that was refused is not tried again at once
MAX_LIFE = 7200


class NoTokenError(Exception):
    """There is none now, as `detail` says; by WeChat's own word where it `is_refused`."""

    def __init__(self, detail: str, *, is_refused: bool = False) -> None:
        super().__init__(detail)
        self.detail, self.is_refused = detail, is_refused


def token(*, refused: str = "") -> str:
    """The token, but for the one that WeChat has just `refused`. Raises `NoTokenError`."""
    waits_until = time.monotonic() + settings.WECHAT_SECONDS
    while True:
        row, now = _row(), timezone.now()
        if row.refused_at and now < row.refused_at + REFUSED_FOR:
            raise NoTokenError(row.refused, is_refused=True)
        is_good = bool(row.token) and row.token != refused and _ends_after(row, now)
        if is_good and _ends_after(row, now + EARLY):
            return row.token
        if _lease(row, now):
            return _fetch(row, refused)
        if is_good:
            return row.token
        if time.monotonic() >= waits_until:
            raise NoTokenError("fetching")
        time.sleep(LOOK_AGAIN)


def _row() -> WeChatAccess:
    return WeChatAccess.objects.get_or_create(app_id=settings.WECHAT_APP_ID)[0]


def _ends_after(row: WeChatAccess, moment: datetime) -> bool:
    return row.ends_at is not None and moment < row.ends_at


def _lease(row: WeChatAccess, now: datetime) -> bool:
    """Whether it is ours to fetch: nobody does, and nobody has since `row` was read."""
    nobody = Q(fetching_until=None) | Q(fetching_until__lte=now)
    until = now + timedelta(seconds=2 * settings.WECHAT_SECONDS + 1)
    found = WeChatAccess.objects.filter(nobody, pk=row.pk, fetched=row.fetched)
    return bool(found.update(fetching_until=until))


def _fetch(row: WeChatAccess, refused: str) -> str:
    """Ours to write until the lease ends; who comes too late writes nothing."""
    try:
        answer = _ask()
        if refused and answer.get("access_token") == refused:
            answer = _ask(by_force=True) if _may_force(row) else {"errcode": 40001}
    except NotSaidError as error:
        _write(row)
        raise NoTokenError(error.detail) from None
    made, life = answer.get("access_token"), answer.get("expires_in")
    if not (isinstance(made, str) and made and isinstance(life, int)):
        said = named(code_of(answer) or -1)
        _write(row, refused=said, refused_at=timezone.now())
        raise NoTokenError(said, is_refused=True)
    ends_at = timezone.now() + timedelta(seconds=min(life, MAX_LIFE))
    _write(row, token=made, ends_at=ends_at, fetched=F("fetched") + 1, refused="", refused_at=None)
    return made


def _ask(*, by_force: bool = False) -> dict[str, Any]:
    body = {
        "grant_type": "client_credential",
        "appid": settings.WECHAT_APP_ID,
        "secret": settings.WECHAT_APP_SECRET,
        "force_refresh": by_force,
    }
    return call("/cgi-bin/stable_token", {}, body)


def _may_force(row: WeChatAccess) -> bool:
    """Counts it, too."""
    now = timezone.now()
    if row.forced_at and now < row.forced_at + FORCED_APART:
        return False
    same_day = row.forced_at is not None and local_day(row.forced_at) == local_day(now)
    forced = row.forced + 1 if same_day else 1
    if forced > FORCED_A_DAY:
        return False
    return bool(
        WeChatAccess.objects.filter(pk=row.pk, forced=row.forced).update(
            forced=forced, forced_at=now
        )
    )


def _write(row: WeChatAccess, **columns: object) -> None:
    found = WeChatAccess.objects.filter(pk=row.pk, fetched=row.fetched)
    found.update(fetching_until=None, **columns)
