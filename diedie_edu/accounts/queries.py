"""Reads of accounts that more than one place needs."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet

from diedie_edu.accounts.models import NoticeAcceptance, OneTimeCode, PrivacyNotice, RoleGrant, User
from diedie_edu.accounts.models.roles import holding_on
from diedie_edu.accounts.permissions import ROLES, Permission, Role
from diedie_edu.accounts.rules import SAME_WISH
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.days import local_day, local_now


def active_account(phone: str) -> User | None:
    """The account of a phone, if it may sign in."""
    return User.objects.filter(phone=phone, is_active=True).first()


def open_code(
    phone: str, purpose: str, browser_hashes: list[str], now: datetime
) -> OneTimeCode | None:
    """The code that this browser can still use for a phone; there is at most one."""
    return OneTimeCode.objects.filter(
        phone=phone,
        purpose=purpose,
        browser_hash__in=browser_hashes,
        closed_at=None,
        expires_at__gt=now,
        tries__lt=OneTimeCode.MAX_TRIES,
    ).first()


def was_just_sent(code: OneTimeCode | None, now: datetime) -> bool:
    return code is not None and code.created_at > now - SAME_WISH


def last_but(
    codes: QuerySet[OneTimeCode], limit: int, span: timedelta, now: datetime
) -> datetime | None:
    """The moment of the `limit`th newest code within `span`; None where there are fewer. Where none
    are allowed, now."""
    if limit < 1:
        return now
    moments = codes.filter(created_at__gt=now - span).order_by("-created_at")
    return moments.values_list("created_at", flat=True)[limit - 1 : limit].first()


def privacy_notice_in_force(now: datetime) -> PrivacyNotice | None:
    """None where the community has not published its own: then nobody registers."""
    return privacy_notices_in_force(now).first()


def privacy_notices_in_force(now: datetime) -> QuerySet[PrivacyNotice]:
    """It and those before it; what the demonstration brought counts in the demonstration alone."""
    found = PrivacyNotice.objects.filter(in_force_from__lte=now)
    return found if settings.DEMO else found.filter(is_demo=False)


def privacy_notices() -> QuerySet[PrivacyNotice]:
    """All versions, the newest first, with how many accounts agreed to each."""
    return PrivacyNotice.objects.annotate(agreed=Count("acceptances"))


def has_agreed(user: User, notice: PrivacyNotice) -> bool:
    return user.acceptances.filter(notice=notice).exists()


def last_agreement(user: User) -> NoticeAcceptance | None:
    return user.acceptances.select_related("notice").order_by("accepted_at").last()


def accounts_with(permission: Permission, programme: str | None = None) -> QuerySet[User]:
    """The accounts that may sign in and have it; with `programme` (its slug), there."""
    roles = [role for role, allowed in ROLES.items() if permission in allowed]
    grants = RoleGrant.objects.filter(holding_on(local_day(local_now())), role__in=roles)
    if programme is not None:
        grants = grants.filter(scope__in=[EVERYWHERE, programme])
    able = User.objects.filter(is_superuser=True).values("pk").union(grants.values("user"))
    return User.objects.filter(pk__in=able, is_active=True).order_by("pk")


def has_begun() -> bool:
    """Whether somebody keeps the accounts of this portal."""
    return accounts_with(Permission.KEEP_ACCOUNTS).exists()


def branch_leads(*, locked: bool = False) -> list[int]:
    """The accounts of the branch leads who may sign in.

    With `locked`, they stay as they are until the transaction ends.
    """
    grants = RoleGrant.objects.filter(role=Role.BRANCH_LEAD, user__is_active=True).order_by("pk")
    if locked:
        grants = grants.select_for_update()
    return list(grants.values_list("user_id", flat=True))


def leads_of(programme: str) -> QuerySet[User]:
    """The accounts of those who lead a programme (its slug) and of the branch; without one ("")
    those of the branch."""
    leads = [Role.PROGRAMME_LEAD, Role.BRANCH_LEAD]
    grants = RoleGrant.objects.filter(role__in=leads, scope__in=[EVERYWHERE, programme])
    return User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("pk")
