"""Signing in by phone and password."""

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import normalise_phone

# Written out: composing it cost more than running it, on every page of somebody signed in.
ACCOUNT = """
SELECT account.*, coalesce((
    SELECT json_agg(json_build_object('id', id, 'role', role, 'scope', scope) ORDER BY id)
    FROM accounts_rolegrant WHERE user_id = account.id
        AND coalesce(first_day <= %s, true) AND coalesce(last_day >= %s, true)
), '[]') AS granted
FROM accounts_user account WHERE account.id = %s AND account.erased_at IS NULL
"""


class PhoneBackend(BaseBackend):
    """Permissions are the account's own (`User.has_perm`), not this backend's."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str = "",
        password: str = "",
        **_: object,
    ) -> User | None:
        """The account, or None; an unknown phone costs the same time as a wrong password."""
        try:
            user = User.objects.filter(phone=normalise_phone(username)).first()
        except Refused:
            user = None
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """An account that was closed is signed out with its next request.

        Account and roles come in one read, for every page of somebody signed in asks for both.
        """
        today = local_day(local_now())
        user = next(iter(User.objects.raw(ACCOUNT, [today, today, user_id])), None)
        if user is None or not user.is_active:
            return None
        granted = user.granted  # type: ignore[attr-defined]  # a column of the statement
        user.grants = [RoleGrant(user=user, **row) for row in granted]
        return user
