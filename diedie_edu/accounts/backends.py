"""Signing in by phone and password."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
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
        roles = RoleGrant.objects.filter(user=OuterRef("pk"))
        roles = ArraySubquery(roles.values(pair=JSONObject(role="role", scope="scope")))
        found = User.objects.annotate(roles=roles).filter(pk=user_id, is_active=True).first()
        if found is not None:
            found.grants = [RoleGrant(user=found, **pair) for pair in found.roles]
        return found
