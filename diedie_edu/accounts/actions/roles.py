"""Giving and taking roles; each change leaves a line in the history."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from diedie_edu.accounts import queries, rules
from diedie_edu.accounts.models import RoleChange, RoleGrant, User
from diedie_edu.accounts.permissions import Role


@transaction.atomic
def grant_role(*, user: User, role: str, scope: str = "", by: User, now: datetime) -> RoleGrant:
    """Give an account a role; giving it twice changes nothing.

    Raises `Refused` (`role_above_yours`, `account_above_yours`).
    """
    rules.check_may_hand_out(by, role)
    rules.check_may_keep(by, user)
    grant, is_new = RoleGrant.objects.get_or_create(
        user=user, role=role, scope=scope, defaults={"granted_by": by, "granted_at": now}
    )
    if is_new:
        record_change(user=user, role=role, scope=scope, is_given=True, by=by, now=now)
    return grant


@transaction.atomic
def revoke_role(*, user: User, role: str, scope: str = "", by: User, now: datetime) -> None:
    """Take a role away; taking it twice changes nothing.

    Raises `Refused` (`role_above_yours`, `last_branch_lead`).
    """
    rules.check_may_hand_out(by, role)
    if role == Role.BRANCH_LEAD:
        rules.check_branch_keeps_a_lead(user, queries.branch_leads(locked=True))
    deleted, _by_model = RoleGrant.objects.filter(user=user, role=role, scope=scope).delete()
    if deleted:
        record_change(user=user, role=role, scope=scope, is_given=False, by=by, now=now)


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
    RoleChange.objects.bulk_create(
        RoleChange(user=user, role=role, is_given=is_given, by=by, at=now)
        for users, is_given in ((losing, False), (gaining, True))
        for user in users
    )


def record_change(
    *, user: User, role: str, scope: str = "", is_given: bool, by: User | None, now: datetime
) -> None:
    """One line of the history; `by` is None where people did it themselves by registering."""
    RoleChange.objects.create(user=user, role=role, scope=scope, is_given=is_given, by=by, at=now)
