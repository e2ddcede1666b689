"""Appointing, with a message to everybody else who keeps accounts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from diedie_edu.accounts.actions import accounts, roles
from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify
from diedie_edu.notices.queries.names import register_name
from diedie_edu.portal.appointing.messages import APPOINTED


@transaction.atomic
def appoint(
    *,
    phone: str,
    full_name: str,
    role: str,
    scope: str,
    days: roles.Days,
    by: User,
    now: datetime,
) -> User:
    """Give the account of a phone a role; where the phone has none, one is opened for `full_name`,
    which signs in by a code.

    Raises `Refused` (`no_account`, and those of `roles.grant_role`).
    """
    user = User.objects.filter(phone=phone).first() or _opened(phone, full_name, by, now)
    grant = roles.grant_role(user=user, role=role, scope=scope, days=days, by=by, now=now)
    _tell_keepers(user, grant, by, now)
    return user


def _opened(phone: str, full_name: str, by: User, now: datetime) -> User:
    if not full_name:
        raise Refused(
            "no_account",
            _("This number has no account yet. Enter the name, and one is opened."),
            "full_name",
        )
    user = User(phone=phone, display_name=full_name)
    user.set_unusable_password()
    return accounts.keep_account(user=user, by=by, now=now)


def _tell_keepers(user: User, grant: RoleGrant, by: User, now: datetime) -> None:
    keepers = accounts_with(Permission.KEEP_ACCOUNTS).exclude(pk=by.pk)
    words = {}
    for language in ("zh-hans", "en"):
        with override(language):
            words[f"role_{language[:2]}"] = str(grant)
    notify(
        kind=APPOINTED,
        accounts=list(keepers.values_list("pk", flat=True)),
        subject=f"role:{grant.pk}",
        revision=now.isoformat(),
        data={"name": register_name(user), "by": register_name(by), "account": user.pk} | words,
        now=now,
    )
