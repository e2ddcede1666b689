"""Opening, changing and closing accounts."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts import queries, rules
from diedie_edu.accounts.actions import privacy, roles, trail
from diedie_edu.accounts.actions.changes import Change, tell_owner
from diedie_edu.accounts.models import PrivacyNotice, RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.errors import Refused
from diedie_edu.common.references import erase


@transaction.atomic
def open_account(
    *,
    phone: str,
    display_name: str,
    password: str | None,
    language: str,
    notice: PrivacyNotice | None,
    now: datetime,
) -> User:
    """Open a resident's account for a phone that has proved itself by a code.

    `notice` is the privacy notice that was agreed to. Raises `Refused` (`no_notice`,
    `account_exists`).
    """
    if notice is None:
        raise Refused(
            "no_notice",
            _("Registering opens once the privacy notice is published. Please try again later."),
        )
    user = User(phone=phone, display_name=display_name, language=language)
    user.set_password(password)
    _save(user)
    RoleGrant.objects.create(user=user, role=Role.RESIDENT, granted_at=now)
    roles.record_change(user=user, role=Role.RESIDENT, is_given=True, by=None, now=now)
    privacy.agree_to_notice(user=user, notice=notice, now=now)
    return user


@transaction.atomic
def open_first(*, user: User, now: datetime) -> User:
    """The account that begins a portal, entered at its server: nobody is there to ask for it.

    Raises `Refused` (`begun`, `account_exists`).
    """
    if queries.has_begun():
        raise Refused("begun", _("This portal has begun: somebody keeps its accounts already."))
    _save(user)
    trail.note(trail.Kind.ACCOUNT, about=user.pk, now=now)
    return user


@transaction.atomic
def change_profile(
    *, user: User, display_name: str, language: str, now: datetime, mailbox: str = ""
) -> User:
    """What people change about their own account; a mailbox only where no person is behind it."""
    user.display_name, user.language, user.mailbox = display_name, language, mailbox
    _tell_of_changes(user, now)
    user.save(update_fields=["display_name", "language", "mailbox"])
    return user


@transaction.atomic
def set_password(*, user: User, password: str, now: datetime) -> User:
    """A new password ends every other session of the account."""
    user.set_password(password)
    user.save(update_fields=["password"])
    tell_owner(user, Change.PASSWORD, now)
    trail.note(trail.Kind.PASSWORD, about=user.pk, now=now)
    return user


@transaction.atomic
def keep_account(*, user: User, by: User, now: datetime) -> User:
    """Save an account as its keeper has changed or made it.

    Raises `Refused` (`account_above_yours`, `last_branch_lead`, `account_exists`).
    """
    if user.pk:
        rules.check_may_keep(by, User.objects.get(pk=user.pk))
        _tell_of_changes(user, now)
    if user.pk and not user.is_active:
        rules.check_branch_keeps_a_lead(user, queries.branch_leads(locked=True))
    _save(user)
    trail.note(trail.Kind.ACCOUNT, by=by.pk, about=user.pk, now=now)
    return user


def _tell_of_changes(user: User, now: datetime) -> None:
    """What differs from the row that is about to be overwritten."""
    row = User.objects.get(pk=user.pk)
    if row.display_name != user.display_name:
        tell_owner(user, Change.NAME, now)
    if row.is_superuser != user.is_superuser:
        change = Change.ROLE_GIVEN if user.is_superuser else Change.ROLE_TAKEN
        tell_owner(user, change, now)


@transaction.atomic
def close_account(*, user: User, by: User, now: datetime) -> None:
    """Erase an account for good, at its owner's wish (PIPL art. 47); the resident stays, and so
    does the number, by which logs name who did something.

    Raises `Refused` (`account_above_yours`, `last_branch_lead`).
    """
    rules.check_may_keep(by, user)
    erase_account(user=user, now=now)


@transaction.atomic
def erase_account(*, user: User, now: datetime) -> None:
    """The same where nobody is asked for the right to it: it is the owner's own wish.

    Raises `Refused` (`last_branch_lead`).
    """
    rules.check_branch_keeps_a_lead(user, queries.branch_leads(locked=True))
    erase(user, now)
    trail.note(trail.Kind.ERASED, about=user.pk, what="account", now=now)


def _save(user: User) -> None:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        # The database's own words would carry the phone into logs.
        raise Refused(
            "account_exists", _("This phone already has an account. Sign in with it."), "phone"
        ) from None
