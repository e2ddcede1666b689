"""Setting up the second step of signing in, showing it, and ending one that is lost."""

import base64
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts import rules
from diedie_edu.accounts.actions import devices, trail
from diedie_edu.accounts.actions.changes import Change, tell_owner
from diedie_edu.accounts.models import RecoveryCode, SecondFactor, User
from diedie_edu.common.crypto import keyed_hash, keyed_hashes
from diedie_edu.common.days import time_text
from diedie_edu.common.errors import Refused

PURPOSE = "accounts.recovery_code"
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another on paper
HALF, LINES = 5, 10
SECOND_TAP = timedelta(minutes=1)
TOLD_AFTER = 5  # wrong codes in a row


def new_key() -> str:
    """160 bits, as RFC 4226 recommends, in the letters that apps take."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


@transaction.atomic
def set_up(*, user: User, key: str, code: str, session: str, now: datetime) -> list[str]:
    """The app has taken the key and makes its codes; returns the lines of a fresh sheet, none where
    it was set up a moment ago by another tap. An app that was there before no longer counts.

    Raises `Refused` (`code_wrong`).
    """
    User.objects.select_for_update().get(pk=user.pk)
    former = SecondFactor.objects.filter(user=user).first()
    if former and former.key == key:
        return []
    factor = SecondFactor(user=user, key=key, since=now, last_session=session)
    step = factor.step_of(code)
    if step is None:
        raise _wrong()
    if former:
        former.delete()
    factor.last_step = step
    factor.save()
    _note(user, Change.FACTOR_ON, now)
    return _write_sheet(factor)


@transaction.atomic
def make_sheet(*, user: User, now: datetime) -> list[str]:
    """A fresh sheet; lines of the old one no longer count."""
    factor = SecondFactor.objects.select_for_update().get(user=user)
    factor.recovery_codes.all().delete()
    _note(user, Change.NEW_SHEET, now)
    return _write_sheet(factor)


def _write_sheet(factor: SecondFactor) -> list[str]:
    lines = ["-".join(_letters() for _half in range(2)) for _line in range(LINES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, code_hash=keyed_hash(_salted(factor, line), PURPOSE))
        for line in lines
    )
    return lines


def _letters() -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(HALF))


def _salted(factor: SecondFactor, line: str) -> str:
    return f"{factor.pk} {line}"


def confirm(*, user: User, typed: str, session: str, now: datetime) -> None:
    """Show the second factor: a code of the app, or a line of the sheet.

    Raises `Refused` (`wait`, `code_wrong`). Not to be called within a transaction: a try counts
    even though it is refused.
    """
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().get(user=user)
        _check_has_waited(factor)
        if typed.isdecimal():
            is_right = factor.verify_token(typed, session)
        else:
            is_right = _cross_out(factor, typed, session, now)
            factor.note_try(is_right)
        if factor.throttling_failure_count == TOLD_AFTER:
            tell_owner(user, Change.GUESSES, now)
    if not is_right:
        raise _wrong()


def _check_has_waited(factor: SecondFactor) -> None:
    is_allowed, known = factor.verify_is_allowed()
    if not is_allowed:
        raise Refused(
            "wait",
            _("That was wrong several times. Please wait until %(time)s, then type the next code.")
            % {"time": time_text(known["locked_until"] + timedelta(minutes=1))},
            "code",
        )


def _cross_out(factor: SecondFactor, line: str, session: str, now: datetime) -> bool:
    """Use a line up; the same session may send it again, for a second tap is the same wish."""
    code = factor.recovery_codes.filter(
        code_hash__in=keyed_hashes(_salted(factor, line), PURPOSE)
    ).first()
    if code is None:
        return False
    if code.used_at:
        return code.used_in == session and now < code.used_at + SECOND_TAP
    code.used_at, code.used_in = now, session
    code.save(update_fields=["used_at", "used_in"])
    return True


def _wrong() -> Refused:
    return Refused(
        "code_wrong",
        _("This is not the code of now. Type the six digits that your app shows at this moment."),
        "code",
    )


@transaction.atomic
def switch_off(*, user: User, now: datetime) -> None:
    """Its owner does without. Raises `Refused` (`factor_required`)."""
    rules.check_may_do_without(user, is_required=settings.SECOND_FACTOR_REQUIRED)
    SecondFactor.objects.filter(user=user).delete()
    _note(user, Change.FACTOR_OFF, now)


@transaction.atomic
def end_lost(*, user: User, by: User | None, reason: str, now: datetime) -> None:
    """App and sheet are lost: whoever keeps accounts has seen the owner, or runs the command (`by`
    None). Every session ends, for the lost phone may hold one.

    Raises `Refused` (`own_factor`, `account_above_yours`).
    """
    if by:
        rules.check_may_end_factor(by, user)
    deleted, _by_model = SecondFactor.objects.filter(user=user).delete()
    if deleted:
        devices.end_all(user)
        _note(user, Change.FACTOR_OFF, now, reason)


def _note(user: User, change: Change, now: datetime, reason: str = "") -> None:
    trail.note(trail.Kind.FACTOR, about=user.pk, what=str(change), reason=reason, now=now)
    tell_owner(user, change, now)
