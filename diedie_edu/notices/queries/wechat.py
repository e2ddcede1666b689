"""Whose WeChat a message goes to."""

from datetime import datetime

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import keyed_hash, keyed_hashes
from diedie_edu.notices.models import WeChatCode, WeChatTie

TIES, SCENES = "notices.wechat", "notices.wechat_code"  # purposes of keyed hashes


def live_ties() -> QuerySet[WeChatTie]:
    return WeChatTie.objects.filter(ended_at=None)


def live_tie(account: User) -> WeChatTie | None:
    return live_ties().filter(account=account).first()


def ties_of(openid: str) -> QuerySet[WeChatTie]:
    """The live tie of a WeChat: one at most."""
    return live_ties().filter(openid_hash__in=keyed_hashes(openid, TIES))


def code_of(account: User, now: datetime) -> WeChatCode | None:
    """The code that is on this account's screen, while it holds."""
    return WeChatCode.objects.filter(account=account, ends_at__gt=now).first()


def hash_anew(tie: WeChatTie) -> str | None:
    """Under the newest key; None of a tie that has ended."""
    return keyed_hash(tie.openid, TIES) if tie.openid else None
