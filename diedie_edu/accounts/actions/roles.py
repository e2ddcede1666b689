"""Giving and taking roles; each change leaves a line in the history."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from diedie_edu.accounts import queries, rules
from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.actions.changes import Change, tell_owner
from diedie_edu.accounts.models import RoleChange, RoleGrant, User
from diedie_edu.accounts.permissions import PERSONAL, ROLES, Role
from diedie_edu.common.days import local_day


class Days(NamedTuple):
    """From which day to which a role holds, both included; none where it holds until taken."""

    first_day: date | None = None
    last_day: date | None = None


ALWAYS = Days()


@transaction.atomic
def grant_role(
    *, user: User, role: str, scope: str = "", days: Days = ALWAYS, by: User, now: datetime
) -> RoleGrant:
    """Give an account a role, or the one it has other days; giving it twice changes nothing.

    Raises `Refused` (`role_above_yours`, `not_oneself`, `account_above_yours`; `no_days`,
    `ends_early`, `over`, `has_days` for days that do not suit the role).
    """
    rules.check_may_hand_out(by, role, user)
    rules.check_may_appoint(by, user)
    rules.check_days(role, *days, local_day(now))
    whose: dict[str, Any] = {"user": user, "role": role, "scope": scope}
    facts = {**days._asdict(), "granted_by": by, "granted_at": now}
    grant, is_new = RoleGrant.objects.get_or_create(**whose, defaults=facts)
    if is_new or (grant.first_day, grant.last_day) != days:
        RoleGrant.objects.filter(pk=grant.pk).update(**facts)
        record_change(**whose, days=days, is_given=True, by=by, now=now)
        _tell(RoleGrant(**whose, **days._asdict()), Change.ROLE_GIVEN, now)
    return grant


@transaction.atomic
def revoke_role(*, user: User, role: str, scope: str = "", by: User, now: datetime) -> None:
    """Take a role away; taking it twice changes nothing.

    Raises `Refused` (`role_above_yours`, `last_branch_lead`).
    """
    rules.check_may_hand_out(by, role, user)
    if role == Role.BRANCH_LEAD:
        rules.check_branch_keeps_a_lead(user, queries.branch_leads(locked=True))
    grant = RoleGrant.objects.filter(user=user, role=role, scope=scope).first()
    if grant:
        take_away(grant, by=by, now=now)


def take_away(grant: RoleGrant, *, by: User | None, now: datetime) -> None:
    """Nobody is asked here whether they may. Taking it twice changes nothing."""
    deleted, _by_model = RoleGrant.objects.filter(pk=grant.pk).delete()
    if deleted:
        whose: dict[str, Any] = {"user": grant.user, "role": grant.role, "scope": grant.scope}
        record_change(**whose, is_given=False, by=by, now=now)
        _tell(RoleGrant(**whose), Change.ROLE_TAKEN, now)


@transaction.atomic
def match_role(
    *, role: Role, holders: QuerySet[User], among: QuerySet[User], by: User | None, now: datetime
) -> None:
    """Of the accounts `among`, let exactly `holders` have `role`.

    For roles that follow from another register, which `by` keeps (None: people entered it
    themselves): nobody is asked here whether they may hand the role out.
    """
    losing = list(User.objects.filter(role_grants__role=role, pk__in=among).exclude(pk__in=holders))
    gaining = list(holders.exclude(role_grants__role=role))
    RoleGrant.objects.filter(role=role, user__in=losing).delete()
    RoleGrant.objects.bulk_create(
        [RoleGrant(user=user, role=role, granted_by=by, granted_at=now) for user in gaining],
        ignore_conflicts=True,
    )
    for users, is_given in ((losing, False), (gaining, True)):
        RoleChange.objects.bulk_create(
            RoleChange(user=user, role=role, is_given=is_given, by=by, at=now) for user in users
        )
        numbers = [user.pk for user in users]
        keeper = by.pk if by else None
        trail.note_roles(numbers, is_given=is_given, role=role, by=keeper, now=now)


def _tell(grant: RoleGrant, change: Change, now: datetime) -> None:
    """Whoever gains or loses power over others hears of it."""
    if ROLES[Role(grant.role)] - PERSONAL:
        tell_owner(grant.user, change, now, grant)


def record_change(
    *,
    user: User,
    role: str,
    scope: str = "",
    days: Days = ALWAYS,
    is_given: bool,
    by: User | None,
    now: datetime,
) -> None:
    """One line of the history; `by` is None where people did it themselves by registering."""
    what = {"role": role, "scope": scope, **days._asdict()}
    RoleChange.objects.create(user=user, **what, is_given=is_given, by=by, at=now)
    trail.note(
        trail.Kind.ROLE_GIVEN if is_given else trail.Kind.ROLE_TAKEN,
        by=by.pk if by else None,
        about=user.pk,
        what=f"{role} {scope}".strip(),
        now=now,
    )
