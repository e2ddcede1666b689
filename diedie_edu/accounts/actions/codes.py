"""Sending one-time codes and taking them in.

The message goes out through the outbox, which stands above accounts: whoever calls
`send_code` hands in `notices.phones.notify_of_code`. It writes its row in the same transaction.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts import queries, rules
from diedie_edu.accounts.actions import guesses, trail
from diedie_edu.accounts.actions.visitors import By, Visitor
from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.accounts.rules import DAY, HOUR
from diedie_edu.common.crypto import hash_matches, keyed_hash, keyed_hashes
from diedie_edu.common.errors import Refused

CODE_KEY, PLACE_KEY, BROWSER_KEY = "accounts.code", "accounts.code_place", "accounts.code_browser"


class NotifyOfCode(Protocol):
    def __call__(
        self, *, phone: str, code: str, purpose: str, language: str, browser: str, now: datetime
    ) -> None: ...


@transaction.atomic
def send_code(
    *,
    phone: str,
    purpose: str,
    language: str,
    browser: str,
    visitor: Visitor,
    now: datetime,
    notify: NotifyOfCode,
) -> bool:
    """Send a new code to `phone`, with or without an account; it holds in the browser that keeps
    the secret `browser`, where older ones no longer do.

    A second request within a minute is the same wish: it sends nothing and returns False.
    Raises `Refused` (`not_mobile`, `too_many_codes`, `house_is_full`).
    """
    rules.check_receives_codes(phone)
    place_hash = keyed_hash(visitor.place, PLACE_KEY)
    _take_turns(phone, place_hash)
    sent = queries.open_code(phone, purpose, keyed_hashes(browser, BROWSER_KEY), now)
    if queries.was_just_sent(sent, now):
        return False
    for codes, limit, span, is_house in _allowances(phone, visitor, place_hash):
        oldest = queries.last_but(codes, limit, span, now)
        rules.check_asks_seldom(oldest, span, is_house=is_house)
    row = OneTimeCode(
        phone=phone,
        purpose=purpose,
        browser_hash=keyed_hash(browser, BROWSER_KEY),
        place_hash=place_hash,
        by=visitor.by,
        created_at=now,
        expires_at=now + OneTimeCode.LIFE,
    )
    code = _make_code(row, now)
    notify(
        phone=phone,
        code=code,
        purpose=purpose,
        language=language,
        browser=row.browser_hash,
        now=now,
    )
    trail.note(trail.Kind.CODE_SENT, about=visitor.owner, what=purpose, now=now)
    return True


def _take_turns(phone: str, place_hash: str) -> None:
    """Requests for one phone, or from one place, count each other: they go one by one.

    Always the phone first, so that two requests cannot wait for each other.
    """
    with connection.cursor() as cursor:
        for kind, key in enumerate((phone, place_hash)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [kind, key])


def _allowances(
    phone: str, visitor: Visitor, place_hash: str
) -> Iterator[tuple[QuerySet[OneTimeCode], int, timedelta, bool]]:
    """How many of which codes within which span, and whether it is the ceiling of the house.

    Of what a phone gets in a day, or a provider takes to it in an hour, a part is left to its
    owner's own browsers, whatever strangers ask for; and those are counted neither with their
    network nor under the ceiling.
    """
    sent, here = OneTimeCode.objects.all(), OneTimeCode.objects.filter(place_hash=place_hash)
    to_phone, to_strangers = sent.filter(phone=phone), sent.filter(by=By.STRANGER)
    to_others = to_phone.exclude(by=By.OWNER)
    yield to_phone, settings.CODES_PER_PHONE, DAY, False
    for limit, seconds in settings.SMS_CODE_LIMITS:
        yield to_phone, limit, timedelta(seconds=seconds), False
    if visitor.by == By.OWNER:
        return
    yield to_others, settings.CODES_BY_OTHERS, DAY, False
    for limit, seconds in settings.SMS_CODE_LIMITS:
        yield to_others, (limit + 1) // 2, timedelta(seconds=seconds), False
    if visitor.by == By.ACCOUNT:
        yield here, settings.CODES_PER_ACCOUNT, DAY, False
        return
    yield here, settings.CODES_PER_NETWORK, HOUR, False
    yield to_strangers, settings.CODES_PER_HOUR, HOUR, True
    yield to_strangers, settings.CODES_PER_DAY, DAY, True


def _make_code(row: OneTimeCode, now: datetime) -> str:
    older = OneTimeCode.objects.filter(phone=row.phone, browser_hash=row.browser_hash)
    older.filter(closed_at=None).update(closed_at=now)
    code = f"{secrets.randbelow(10**6):06d}"
    row.code_hash = keyed_hash(row.salted(code), CODE_KEY)
    row.save()
    return code


def redeem_code(
    *, phone: str, purpose: str, code: str, browser: str, visitor: Visitor, now: datetime
) -> None:
    """Use up the code sent to `phone` for this browser. Raises `Refused` (`code_gone`,
    `code_wrong`, `too_many_guesses`, `house_is_full`).

    Not to be called within a transaction: a try counts even though it is refused.
    """
    guesses.check_may_guess(visitor, now)
    row = queries.open_code(phone, purpose, keyed_hashes(browser, BROWSER_KEY), now)
    if row is None or not _count_try(row):
        raise _gone()
    if not hash_matches(row.salted(code), row.code_hash, CODE_KEY):
        guesses.count_guess(visitor, now)
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
    """Delete codes that no limit counts any more, and the hashes of lapsed ones; returns how many
    were deleted."""
    OneTimeCode.objects.filter(expires_at__lte=now - HOUR).update(code_hash="")
    deleted, _by_model = OneTimeCode.objects.filter(created_at__lte=now - DAY).delete()
    return deleted
