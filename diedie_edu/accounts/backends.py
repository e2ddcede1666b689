"""Signing in by phone and password."""

from collections.abc import Mapping

from django.contrib.auth.backends import BaseBackend
from django.db import connection
from django.http import HttpRequest

from diedie_edu.accounts.actions import guesses
from diedie_edu.accounts.actions.visitors import By, visitor_of
from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.throttling import phone_typed
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.fresh import fresh

# Written out: composing it cost more than running it, on every page of somebody signed in.
NAMES = [field.attname for field in User._meta.concrete_fields]
ACCOUNT = f"""
SELECT {", ".join(f"account.{name}" for name in NAMES)}, coalesce((
    SELECT json_agg(json_build_object('id', id, 'role', role, 'scope', scope) ORDER BY id)
    FROM accounts_rolegrant WHERE user_id = account.id
        AND coalesce(first_day <= %s, true) AND coalesce(last_day >= %s, true)
), '[]') AS granted,
EXISTS (SELECT FROM accounts_secondfactor WHERE user_id = account.id) AS has_second_factor
FROM accounts_user account WHERE account.id = %s AND account.erased_at IS NULL
"""  # nosec B608 (names of columns)


class PhoneBackend(BaseBackend):
    """Permissions are the account's own (`User.has_perm`), not this backend's."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str = "",
        password: str = "",
        **_: object,
    ) -> User | None:
        """The account, or None; an unknown phone costs the same time as a wrong password.

        Raises `Refused` (`too_many_guesses`, `house_is_full`) before it looks at the password.
        """
        if request is None:
            return None
        now, phone = local_now(), phone_typed(request, {"username": username})
        visitor = visitor_of(request, phone)
        guesses.check_may_guess(visitor, now, password_of=phone)
        user = _fitting(phone, password)
        if user is None:
            guesses.count_guess(visitor, now, password_of=phone)
        return user

    def get_user(self, user_id: int) -> User | None:
        """An account that was closed is signed out with its next request.

        Account and roles come in one read, for every page of somebody signed in asks for both.
        """
        today = local_day(local_now())
        with connection.cursor() as cursor:
            cursor.execute(ACCOUNT, [today, today, user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        *values, granted, has_second_factor = row
        user = fresh(User, connection.alias, NAMES, values)
        user.has_second_factor = has_second_factor
        user.grants = [RoleGrant(user=user, **grant) for grant in granted]
        return user if user.is_active else None


def _fitting(phone: str, password: str) -> User | None:
    user = User.objects.filter(phone=phone).first()
    if user is None:
        User().set_password(password)
        return None
    return user if user.check_password(password) and user.is_active else None


def is_known(request: HttpRequest, credentials: Mapping[str, str] | None) -> bool:
    """For django-axes, which counts by network: whoever is known is counted by `guesses` alone."""
    return visitor_of(request, phone_typed(request, credentials)).by != By.STRANGER
