"""Signing in by phone and password."""

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import normalise_phone


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
        grants = list(RoleGrant.objects.filter(user=user_id).select_related("user"))
        user = grants[0].user if grants else User.objects.filter(pk=user_id).first()
        if user is None or not user.is_active:
            return None
        user.grants = grants
        return user
