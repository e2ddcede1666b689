"""Whose WeChat it is: tied, ended, and what WeChat says of it."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from diedie_edu.accounts.actions.changes import Change, tell_owner
from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import keyed_hash, keyed_hashes
from diedie_edu.notices.channels.wechat_ties import address_of_code
from diedie_edu.notices.models import WeChatCode, WeChatTie
from diedie_edu.notices.queries.wechat import SCENES, TIES, live_ties, ties_of
from diedie_edu.notices.rules.tying import check_has_code, check_ties_seldom

TIES_TRIED = Throttle("tying a WeChat", "WECHAT_TIES_PER_HOUR")
HOLDS_FOR = timedelta(minutes=10)  # a code on a screen, and a way through WeChat's own pages
TRIES = 2
Follows, Why = WeChatTie.Follows, WeChatTie.Why


def tie(
    *, account: User, openid: str, now: datetime, follows: str = Follows.UNKNOWN
) -> WeChatTie | None:
    """The account has its messages by this WeChat from now on, and its owner hears of it; None
    where it is closed. Saying it twice is harmless.

    Whoever holds a WeChat has shown so just now: a tie of it to another account ends, and so does
    one of this account to another WeChat.
    """
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _tie(account, openid, now, follows)
        except IntegrityError:  # the same WeChat was tied to another account at that moment
            continue
    return None


def _tie(account: User, openid: str, now: datetime, follows: str) -> WeChatTie | None:
    if not User.objects.select_for_update().filter(pk=account.pk, is_active=True).exists():
        return None
    own, same = Q(account=account), Q(openid_hash__in=keyed_hashes(openid, TIES))
    for row in live_ties().select_for_update().filter(own | same).order_by("pk"):
        if row.account_id == account.pk and row.openid == openid:
            _note(row, follows)
            return row
        _end(row, Why.ANOTHER if row.account_id == account.pk else Why.ELSEWHERE, now)
    made = WeChatTie.objects.create(
        account=account,
        openid=openid,
        openid_hash=keyed_hash(openid, TIES),
        follows=follows,
        tied_at=now,
    )
    tell_owner(account, Change.WECHAT_TIED, now)
    return made


@transaction.atomic
def end_own(*, account: User, now: datetime) -> None:
    """Harmless where nothing is tied."""
    for row in live_ties().select_for_update().filter(account=account):
        _end(row, Why.OWN, now)


@transaction.atomic
def end_unknown(*, openid: str, now: datetime) -> None:
    """WeChat does not know it any more."""
    for row in ties_of(openid).select_for_update():
        _end(row, Why.GONE, now)


def end_again(number: int, _how: str, now: datetime) -> bool:
    """After a restore: it had ended."""
    rows = live_ties().filter(pk=number)
    return bool(rows.update(**_ended(Why.RESTORED, now)))


def _end(row: WeChatTie, why: str, now: datetime) -> None:
    WeChatTie.objects.filter(pk=row.pk).update(**_ended(why, now))
    tell_owner(row.account, Change.WECHAT_ENDED, now)


def _ended(why: str, now: datetime) -> dict[str, object]:
    return {"ended_at": now, "why": why, "openid": "", "openid_hash": ""}


# --- What WeChat says ------------------------------------------------------------------


def note_follows(*, openid: str, follows: str) -> None:
    """Whether it follows our official account by now."""
    _note_all(ties_of(openid), follows)


def note_refused(*, openid: str, now: datetime) -> None:
    """It wanted no message when one was sent."""
    ties_of(openid).update(refused_at=now)


def note_reached(*, openid: str) -> None:
    """A message went through: it follows, and wants them."""
    ties_of(openid).exclude(follows=Follows.YES, refused_at=None).update(
        follows=Follows.YES, refused_at=None
    )


def _note(row: WeChatTie, follows: str) -> None:
    _note_all(WeChatTie.objects.filter(pk=row.pk), follows)


def _note_all(rows: QuerySet[WeChatTie], follows: str) -> None:
    if follows != Follows.UNKNOWN:
        rows.exclude(follows=follows).update(follows=follows)


# --- A code on a screen ----------------------------------------------------------------


def new_scene() -> str:
    """What a code stands for, beyond guessing."""
    return secrets.token_urlsafe(24)


def check_may_tie(*, account: User, now: datetime) -> None:
    """Notes one more try. Raises `Refused` (`too_many_ties`)."""
    check_ties_seldom(TIES_TRIED.is_too_many(str(account.pk), now), TIES_TRIED.ends_at(now))


def show_code(*, account: User, now: datetime) -> None:
    """A new code on the account's screen. Raises `Refused` (`too_many_ties`, `no_code`)."""
    check_may_tie(account=account, now=now)
    scene = new_scene()
    address = address_of_code(scene, int(HOLDS_FOR.total_seconds()))
    check_has_code(address)
    keep_code(account=account, scene=scene, address=address, now=now)


def keep_code(*, account: User, scene: str, address: str, now: datetime) -> None:
    """In the place of the one before; `address` is what the picture holds."""
    kept = {
        "scene_hash": keyed_hash(scene, SCENES),
        "address": address,
        "ends_at": now + HOLDS_FOR,
    }
    WeChatCode.objects.update_or_create(account=account, defaults=kept)


@transaction.atomic
def scanned(*, scene: str, openid: str, now: datetime) -> None:
    """Somebody's WeChat has scanned a code: it is used up, and ties. One that is over, or of
    nobody, does nothing."""
    found = WeChatCode.objects.filter(scene_hash__in=keyed_hashes(scene, SCENES), ends_at__gt=now)
    code = found.select_for_update(of=("self",)).select_related("account").first()
    if code is None:
        return
    code.delete()
    tie(account=code.account, openid=openid, now=now, follows=Follows.YES)
