"""Decisions on codes and roles; pure."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import APPOINTED, PERSONAL, ROLES, Permission, Role
from diedie_edu.common.days import local_day, short_day_text, time_text
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import is_mobile

# A second tap on "send" is the same wish, not another code.
SAME_WISH = timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)  # a day is 24 hours, those of the night too


def check_receives_codes(phone: str) -> None:
    """House rule: only mobile phones receive text messages. Raises `Refused` (`not_mobile`)."""
    if not is_mobile(phone):
        raise Refused(
            "not_mobile",
            _(
                "We can only send codes to a mobile of the mainland. Enter its 11 digits, or come "
                "to the community office and we will help you."
            ),
            "phone",
        )


def check_asks_seldom(oldest: datetime | None, span: timedelta, *, is_house: bool) -> None:
    """House rule: few codes within a span of time, told with the time from which there is another.

    `oldest` is the moment of the one that has to leave the span first; None where there is room.
    Raises `Refused` (`too_many_codes`, or `house_is_full` where all visitors together asked).
    """
    if oldest is None:
        return
    again_at = oldest + span
    day = f"{short_day_text(local_day(again_at))} " if span > HOUR else ""
    time = {"time": f"{day}{time_text(again_at)}"}
    if is_house:
        words = _(
            "Very many codes are being asked for just now. Please try again after %(time)s, sign "
            "in with your password, or come to the community office."
        )
        raise Refused("house_is_full", words % time, "phone")
    words = _(
        "Many codes have been asked for. Please try again after %(time)s, sign in with your "
        "password or where you signed in before, or come to the community office."
    )
    raise Refused("too_many_codes", words % time, "phone")


def check_may_guess(
    *, is_used_up: bool, again_at: datetime, is_password: bool, is_house: bool
) -> None:
    """House rule: few wrong tries within an hour. Raises `Refused` (`too_many_guesses`, or
    `house_is_full` where those of all strangers together are too many)."""
    if not is_used_up:
        return
    words = _("Too many wrong tries. Please try again after %(time)s, or come to us at the desk.")
    if is_password:
        words = _(
            "Too many wrong passwords. Sign in with a text message instead, or try again after "
            "%(time)s."
        )
    code = "house_is_full" if is_house else "too_many_guesses"
    raise Refused(code, words % {"time": time_text(again_at)})


def is_above(by: User, role: str) -> bool:
    """House rule: power is what a role allows beyond one's own things; whether `by` lacks some."""
    return not ROLES[Role(role)] - PERSONAL <= by.permissions


def can_hand_out(by: User, role: str) -> bool:
    """House rule: nobody hands out power over others that they do not have themselves; but who
    keeps accounts appoints community staff."""
    return by.may(Permission.KEEP_ACCOUNTS) and (role in APPOINTED or not is_above(by, role))


def check_may_hand_out(by: User, role: str, user: User) -> None:
    """House rule: taking a role away needs the same power as giving it; nobody appoints themselves
    to what they may not do.

    Raises `Refused` (`role_above_yours`, `not_oneself`).
    """
    if not can_hand_out(by, role):
        raise Refused(
            "role_above_yours",
            _(
                "You cannot give or take the role “%(role)s”, because it allows what you may "
                "not do yourself."
            )
            % {"role": Role(role).label},
            "role",
        )
    if user == by and is_above(by, role):
        raise Refused(
            "not_oneself",
            _("Nobody appoints themselves. Please ask another branch lead."),
            "role",
        )


def check_days(role: str, first_day: date | None, last_day: date | None, today: date) -> None:
    """House rule: a committee reader reads from a day to a day, every other role holds until it is
    taken. Raises `Refused` (`no_days`, `ends_early`, `over`, `has_days`)."""
    if role != Role.COMMITTEE_READER:
        if first_day or last_day:
            raise Refused(
                "has_days", _("Only a committee reader has a first and a last day."), "first_day"
            )
        return
    if not first_day or not last_day:
        raise Refused("no_days", _("Say from which day to which day."), "first_day")
    if last_day < first_day:
        raise Refused("ends_early", _("The last day is before the first."), "last_day")
    if last_day < today:
        raise Refused("over", _("The last day is over."), "last_day")


def can_keep(by: User, user: User) -> bool:
    """House rule: nobody changes an account with more permissions than their own: with another
    phone in it they could sign in as it."""
    return by.may(Permission.KEEP_ACCOUNTS) and is_within(by, user)


def is_within(by: User, user: User) -> bool:
    """House rule: whether an account has no permission over others that the other lacks."""
    return user.powers - PERSONAL <= by.permissions


def check_may_keep(by: User, user: User) -> None:
    """House rule: as `can_keep`. Raises `Refused` (`account_above_yours`)."""
    if not can_keep(by, user):
        raise _above_yours()


def check_is_within(by: User, user: User) -> None:
    """House rule: whoever keeps people closes no account with more power than their own. Raises
    `Refused` (`account_above_yours`)."""
    if not is_within(by, user):
        raise _above_yours()


def _above_yours() -> Refused:
    return Refused(
        "account_above_yours",
        _("You cannot change this account, because it may do more than you."),
    )


def can_appoint(by: User, user: User) -> bool:
    """House rule: whoever may hand out all that an account has may give it more, and take it. Its
    phone and its door are another matter (`can_keep`)."""
    return (
        by.may(Permission.KEEP_ACCOUNTS)
        and (by.is_superuser or not user.is_superuser)
        and all(can_hand_out(by, grant.role) for grant in user.grants)
    )


def check_may_appoint(by: User, user: User) -> None:
    """House rule: as `can_appoint`. Raises `Refused` (`account_above_yours`)."""
    if not can_appoint(by, user):
        raise Refused(
            "account_above_yours",
            _("You cannot change this account, because it may do more than you."),
        )


def check_branch_keeps_a_lead(user: User, leads: Collection[int]) -> None:
    """Plan 三 to 六: somebody of the branch answers for every programme.

    `leads` are the accounts that are branch leads and may sign in. Raises `Refused`
    (`last_branch_lead`).
    """
    if set(leads) == {user.pk}:
        raise Refused(
            "last_branch_lead",
            _(
                "This is the only branch lead. Make somebody else branch lead first, then "
                "try again."
            ),
        )


def can_end_factor(by: User, user: User) -> bool:
    """House rule: whoever may hand out all that an account has ends its lost second factor after
    seeing its owner, and nobody their own."""
    return by != user and can_appoint(by, user)


def check_may_end_factor(by: User, user: User) -> None:
    """House rule: as `can_end_factor`. Raises `Refused` (`own_factor`, `account_above_yours`)."""
    if by == user:
        raise Refused("own_factor", _("Your own is ended by somebody else who keeps accounts."))
    check_may_appoint(by, user)


def can_do_without(user: User, *, is_required: bool) -> bool:
    """House rule: whoever has power over others shows a second factor."""
    return not (is_required and user.has_power)


def check_may_do_without(user: User, *, is_required: bool) -> None:
    """House rule: as `can_do_without`. Raises `Refused` (`factor_required`)."""
    if not can_do_without(user, is_required=is_required):
        raise Refused(
            "factor_required",
            _("Staff and leads keep the second step. You can set it up on another phone."),
        )
