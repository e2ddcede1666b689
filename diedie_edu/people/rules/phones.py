"""Decisions on the change of a phone, pure."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import PERSONAL
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import is_mobile
from diedie_edu.community.waking import after_the_night
from diedie_edu.people.models import PhoneChange

# Long enough for the owner of a phone that lay about to notice and stop it.
WAIT = timedelta(days=1)
# Old and new number are of use to whoever asks what happened, and to nobody later.
NUMBERS_ARE_KEPT = timedelta(days=30)


def in_force_at(*, how: str, answers_for_others: bool, now: datetime) -> datetime:
    """House rule: at once; a day later where the phone opens more than its owner's own things (a
    guardian's children, staff pages), unless the person was seen."""
    return stops_until(now) if answers_for_others and how == PhoneChange.How.CODE else now


def stops_until(proved_at: datetime) -> datetime:
    """House rule: the old number has a day to stop it, which does not end at night."""
    return after_the_night(proved_at + WAIT)


def check_new_phone(new: str, old: str, *, has_account: bool) -> None:
    """House rule: an account needs a mobile, by which it is told its codes. Raises `Refused`
    (`same_phone`, `not_mobile`)."""
    if new == old:
        raise Refused("same_phone", _("This is the number we have already."), "phone")
    if has_account and not is_mobile(new):
        raise Refused(
            "not_mobile",
            _("An account needs a mobile of the mainland: it is told its codes there."),
            "phone",
        )


def check_is_free(is_taken: bool) -> None:
    """House rule: one number is one account. Raises `Refused` (`phone_taken`)."""
    if is_taken:
        raise Refused(
            "phone_taken",
            _(
                "This number has an account of its own. Sign in with it, or ask the service desk "
                "to bring the two together."
            ),
            "phone",
        )


def can_see_to(by: User, account: User | None) -> bool:
    """House rule: nobody gives another phone to an account that may do more than their own, since
    they could then sign in as it; and nobody says of themselves that they were seen."""
    return account is None or (account != by and account.powers - PERSONAL <= by.permissions)


def check_can_see_to(by: User, account: User | None) -> None:
    """House rule: as `can_see_to`. Raises `Refused` (`own_phone`, `account_above_yours`)."""
    if account == by:
        raise Refused("own_phone", _("Your own number you change on “My phone number”."))
    if not can_see_to(by, account):
        raise Refused(
            "account_above_yours",
            _("You cannot change this account, because it may do more than you."),
        )


def can_be_stopped(change: PhoneChange, *, was_seen_since: bool, now: datetime) -> bool:
    """House rule: for a day the old number can stop what was proved by a code alone, or put it back
    where it is in force. What the service desk has seen stays, and whatever was before it: the old
    number may be a stranger's by now."""
    in_time = change.done_at is None or now < stops_until(change.proved_at)
    by_code = change.how == PhoneChange.How.CODE and not was_seen_since
    return by_code and change.ended_at is None and in_time


def check_can_be_stopped(change: PhoneChange, *, was_seen_since: bool, now: datetime) -> None:
    """House rule: as `can_be_stopped`. Raises `Refused` (`not_to_be_stopped`)."""
    if not can_be_stopped(change, was_seen_since=was_seen_since, now=now):
        raise Refused(
            "not_to_be_stopped",
            _("This can no longer be stopped here. Please call the community or come by."),
        )


def check_is_open(change: PhoneChange) -> None:
    """House rule: what is settled stays. Raises `Refused` (`not_open`)."""
    if not change.is_open:
        raise Refused("not_open", _("This change of the phone is settled already."))
