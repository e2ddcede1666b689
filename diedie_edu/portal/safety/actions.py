"""Telling the owner of an account, by phone too: whoever changed it may sit at their computer."""

from datetime import datetime

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions.changes import Change
from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.notices.actions import notify
from diedie_edu.notices.models import Channel
from diedie_edu.portal.safety.messages import CHANGED, QUIET, WORDS

EVERYTHING = _("everything")


def tell(user: User, change: Change, grant: RoleGrant | None, now: datetime) -> None:
    words = {}
    for language in ("zh-hans", "en"):
        with override(language):
            role = str(grant or EVERYTHING)
            words[f"what_{language[:2]}"] = gettext(WORDS[change]).format(role=role)
    notify(
        kind=CHANGED,
        accounts=[user.pk],
        subject=f"account:{user.pk}",
        revision=f"{change} {now.isoformat()}",
        data=words,
        now=now,
        channels=[Channel.INBOX] if change in QUIET else None,
    )
