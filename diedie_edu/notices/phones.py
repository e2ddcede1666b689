"""Text messages to a phone that need not be anybody's: one-time codes, and an answer to whoever
left a number."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from diedie_edu.accounts.actions import setting_off
from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.common.crypto import seal
from diedie_edu.notices.actions import stop
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.messages import CODES
from diedie_edu.notices.models import CODE, STOPPABLE, Channel, Notice


def notify_of_code(
    *, phone: str, code: str, purpose: str, language: str, browser: str, now: datetime
) -> None:
    """Queue a one-time code to a phone that may have no account yet: at most once, while it holds.

    An earlier code to that phone for that purpose that has not gone out yet is stopped where the
    same `browser` (a hash) asked for it.
    """
    subject = f"{CODE}{purpose}:{browser[:16]}"
    stop(Notice.objects.filter(address=phone, subject=subject, status__in=STOPPABLE), now)
    notify_phone(
        kind=CODES[purpose],
        phone=phone,
        language=language,
        subject=subject,
        data={},
        now=now,
        sealed=seal(code),
        expires_at=now + OneTimeCode.LIFE,
    )


def notify_phone(
    *,
    kind: Kind,
    phone: str,
    language: str,
    subject: str,
    data: dict[str, Any],
    now: datetime,
    **more: Any,
) -> None:
    """Queue one text message to a phone that need not be anybody's; a day after it has gone out
    the number is taken out of the row. Raises `Refused` (`too_much_set_off`)."""
    if kind.is_counted:
        setting_off.check_may_set_off(now)
        setting_off.count(now)
    Notice.objects.create(
        dedupe_key=f"{subject}:{uuid4()}",
        kind=kind.code,
        subject=subject,
        address=phone,
        channel=Channel.SMS,
        data=data | {"language": language},
        created_at=now,
        next_try_at=now,
        **more,
    )
