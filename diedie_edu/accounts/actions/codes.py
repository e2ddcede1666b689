"""Sending one-time codes and taking them in.

The message goes out through the outbox, which stands above accounts: whoever calls
`send_code` hands in `notices.phones.notify_of_code`. It writes its row in the same transaction.
"""

import secrets
from datetime import datetime
from typing import Protocol

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts import queries, rules
from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.common.crypto import hash_matches, keyed_hash
from diedie_edu.common.errors import Refused

CODE_KEY, ADDRESS_KEY = "accounts.code", "accounts.code_address"


class NotifyOfCode(Protocol):
    def __call__(
        self, *, phone: str, code: str, purpose: str, language: str, now: datetime
    ) -> None: ...


@transaction.atomic
def send_code(
    *, phone: str, purpose: str, language: str, by_ip: str, now: datetime, notify: NotifyOfCode
) -> bool:
    """Send a new code to `phone`, with or without an account; older ones no longer hold.

    A second request within a minute is the same wish: it sends nothing and returns False.
    Raises `Refused` (`not_mobile`, `too_many_codes`).
    """
    rules.check_receives_codes(phone)
    ip_hash = keyed_hash(by_ip, ADDRESS_KEY)
    _take_turns(phone, ip_hash)
    if queries.has_just_been_sent(phone, purpose, now):
        return False
    asked_for_phone = queries.moments_asked(now, phone=phone)
    rules.check_asks_seldom(asked_for_phone, rules.CODES_PER_PHONE, now)
    asked_from_here = queries.moments_asked(now, ip_hash=ip_hash)
    rules.check_asks_seldom(asked_from_here, rules.CODES_PER_ADDRESS, now)
    code = _make_code(phone, purpose, ip_hash, now)
    notify(phone=phone, code=code, purpose=purpose, language=language, now=now)
    return True


def _take_turns(phone: str, ip_hash: str) -> None:
    """Requests for one phone, or from one address, count each other: they go one by one.

    Always the phone first, so that two requests cannot wait for each other.
    """
    with connection.cursor() as cursor:
        for kind, key in enumerate((phone, ip_hash)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [kind, key])


def _make_code(phone: str, purpose: str, ip_hash: str, now: datetime) -> str:
    OneTimeCode.objects.filter(phone=phone, closed_at=None).update(closed_at=now)
    code = f"{secrets.randbelow(10**6):06d}"
    row = OneTimeCode(
        phone=phone,
        purpose=purpose,
        ip_hash=ip_hash,
        created_at=now,
        expires_at=now + OneTimeCode.LIFE,
    )
    row.code_hash = keyed_hash(row.salted(code), CODE_KEY)
    row.save()
    return code


def redeem_code(*, phone: str, purpose: str, code: str, now: datetime) -> None:
    """Use up the code sent to `phone`. Raises `Refused` (`code_gone`, `code_wrong`).

    Not to be called within a transaction: a try counts even though it is refused.
    """
    row = queries.open_code(phone, purpose, now)
    if row is None or not _count_try(row):
        raise _gone()
    if not hash_matches(row.salted(code), row.code_hash, CODE_KEY):
        raise Refused(
            "code_wrong", _("This is not the code we sent. Look at the message again."), "code"
        )
    if not _use_up(row, now):
        raise _gone()


def _count_try(row: OneTimeCode) -> bool:
    """Take one of the code's tries; parallel guesses cannot take more than there are."""
    left = OneTimeCode.objects.filter(pk=row.pk, closed_at=None, tries__lt=OneTimeCode.MAX_TRIES)
    with transaction.atomic(durable=True):
        return bool(left.update(tries=F("tries") + 1))


def _use_up(row: OneTimeCode, now: datetime) -> bool:
    return bool(OneTimeCode.objects.filter(pk=row.pk, closed_at=None).update(closed_at=now))


def _gone() -> Refused:
    return Refused("code_gone", _("This code no longer holds. Ask for a new one."), "code")


def forget_old_codes(now: datetime) -> int:
    """Delete codes that no limit counts any more; returns how many."""
    deleted, _by_model = OneTimeCode.objects.filter(
        created_at__lte=now - rules.COUNTED, expires_at__lte=now
    ).delete()
    return deleted
