"""What of accounts stays ended when an older back-up is brought back."""

from datetime import date, datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from diedie_edu.accounts.actions import accounts, devices, roles, trail
from diedie_edu.accounts.models import Device, RoleGrant, SecondFactor, User
from diedie_edu.common.endings import EndingKind


def _session(_number: int, how: str, _now: datetime) -> bool:
    """Only a digest of the session's key was written down."""
    key = Cast("session_key", TextField())
    digest: Any = Func(
        Func(Func(key, Value("UTF8"), function="convert_to"), function="sha256"),
        Value("hex"),
        function="encode",
        output_field=TextField(),
    )
    return bool(Session.objects.annotate(digest=digest).filter(digest=how).delete()[0])


def _device(number: int, _how: str, _now: datetime) -> bool:
    found = Device.objects.filter(pk=number).first()
    if found:
        devices.end(found)
    return found is not None


def _signed_out(number: int, how: str, _now: datetime) -> bool:
    older = User.objects.filter(pk=number, sign_outs__lt=int(how))
    return bool(older.update(sign_outs=int(how)))


def _password(number: int, _how: str, now: datetime) -> bool:
    """The former one opens nothing; its owner signs in by a code and sets another."""
    user = User.objects.filter(pk=number).first()
    if user is None or not user.has_usable_password():
        return False
    user.set_unusable_password()
    user.save(update_fields=["password"])
    trail.note(trail.Kind.PASSWORD, about=number, now=now)
    return True


def _held(number: int, _how: str, now: datetime) -> bool:
    """It may not sign in until staff say so: whoever closed it had a reason; whoever has its former
    phone is a stranger."""
    return _changed(User.objects.filter(pk=number, is_active=True), now, is_active=False)


def _superuser(number: int, _how: str, now: datetime) -> bool:
    return _changed(User.objects.filter(pk=number, is_superuser=True), now, is_superuser=False)


def _changed(found: QuerySet[User], now: datetime, **columns: bool) -> bool:
    numbers = list(found.values_list("pk", flat=True))
    User.objects.filter(pk__in=numbers).update(**columns)
    for number in numbers:
        trail.note(trail.Kind.ACCOUNT, about=number, now=now)
    return bool(numbers)


def _factor(number: int, _how: str, now: datetime) -> bool:
    gone, _by_model = SecondFactor.objects.filter(pk=number).delete()
    if gone:
        trail.note(trail.Kind.FACTOR, about=number, now=now)
    return bool(gone)


def _role(number: int, _how: str, now: datetime) -> bool:
    grant = RoleGrant.objects.filter(pk=number).select_related("user").first()
    if grant:
        roles.take_away(grant, by=None, now=now)
    return grant is not None


def _role_days(number: int, how: str, _now: datetime) -> bool:
    longer = Q(last_day=None) | Q(last_day__gt=date.fromisoformat(how))
    earlier = RoleGrant.objects.filter(longer, pk=number, first_day__lte=how)
    return bool(earlier.update(last_day=how))


def _account(number: int, _how: str, now: datetime) -> bool:
    user = User.objects.filter(pk=number).first()
    if user:
        accounts.erase_account(user=user, now=now)
    return user is not None


USER, GRANT = "accounts_user", "accounts_rolegrant"
LIVES = "NEW.erased_at IS NULL"
ENDINGS = (
    EndingKind(
        "session",
        10,
        "django_session",
        "DELETE",
        _session,
        when="OLD.expire_date > now()",
        number="0",
        how="encode(sha256(convert_to(OLD.session_key, 'UTF8')), 'hex')",
    ),
    EndingKind("device", 10, "accounts_device", "DELETE", _device, number="OLD.id"),
    EndingKind(
        "signed_out",
        10,
        USER,
        "UPDATE",
        _signed_out,
        when="NEW.sign_outs > OLD.sign_outs",
        how="NEW.sign_outs::text",
    ),
    EndingKind(
        "password", 10, USER, "UPDATE", _password, when=f"NEW.password <> OLD.password AND {LIVES}"
    ),
    EndingKind(
        "account_held",
        12,
        USER,
        "UPDATE",
        _held,
        when=f"OLD.is_active AND NOT NEW.is_active AND {LIVES}",
        back="NEW.is_active AND NOT OLD.is_active",
    ),
    EndingKind("phone", 12, USER, "UPDATE", _held, when=f"NEW.phone <> OLD.phone AND {LIVES}"),
    EndingKind(
        "superuser",
        12,
        USER,
        "UPDATE",
        _superuser,
        when=f"OLD.is_superuser AND NOT NEW.is_superuser AND {LIVES}",
        back="NEW.is_superuser AND NOT OLD.is_superuser",
    ),
    EndingKind("factor", 12, "accounts_secondfactor", "DELETE", _factor, number="OLD.id"),
    EndingKind("role", 20, GRANT, "DELETE", _role, number="OLD.id"),
    EndingKind(
        "role_days",
        20,
        GRANT,
        "UPDATE",
        _role_days,
        when="NEW.last_day < coalesce(OLD.last_day, 'infinity')",
        how="NEW.last_day::text",
    ),
    EndingKind(
        "account",
        90,
        USER,
        "UPDATE",
        _account,
        when="OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.merged_into_id IS NULL",
        back="OLD.erased_at IS NOT NULL AND NEW.erased_at IS NULL",
    ),
)
