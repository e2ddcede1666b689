"""The account: a phone signs in, and its roles say what it may do."""

from collections.abc import Hashable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Q
from django.db.models.functions import Right
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import PERSONAL, ROLES, Permission, Role, opening
from diedie_edu.common.belonging import EVERYWHERE, SHARED, counts_at, is_within
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.guards import Guard
from diedie_edu.common.phones import normalise_phone
from diedie_edu.common.references import Lasting, Standing, lasting_checks, lasting_guards

if TYPE_CHECKING:
    from diedie_edu.accounts.models.roles import RoleGrant


class UserManager(Standing["User"], BaseUserManager["User"]):
    def create_user(self, phone: str, password: str | None = None, **fields: object) -> "User":
        """Create an account; without a password it signs in by one-time codes."""
        user = self.model(phone=phone, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, phone: str, password: str, **fields: object) -> "User":
        """For `manage.py createsuperuser`. Raises `Refused` for what is no phone."""
        return self.create_user(normalise_phone(phone), password, is_superuser=True, **fields)


# Signatures, numbers and links: a name stands in messages under the house's signature.
NO_NAME = r"[][【】〔〕{}<>/\\@]|[0-9０-９]{4}|\.[a-zA-Z]{2}"
# Nobody signs in with a password of one letter that is no hash.
EMPTY_ACCOUNT = {
    **dict.fromkeys(["phone", "display_name", "mailbox"], ""),
    **dict.fromkeys(["is_active", "is_superuser"], False),
    "password": UNUSABLE_PASSWORD_PREFIX,
    "last_login": None,
}


class User(Lasting, AbstractBaseUser):
    """An account. One phone is one account; a household may share it.

    It knows nothing of the person but how to address them: who they are, and their e-mail,
    stands with the resident. `mailbox` is of staff who are no residents: where it stands, e-mails
    are wanted. A closed account is an empty row.
    """

    belongs = SHARED
    EMPTIED = EMPTY_ACCOUNT
    phone = models.CharField(_("mobile phone"), max_length=20)
    display_name = models.CharField(_("how we address you"), max_length=50)
    mailbox = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language of messages"),
        max_length=10,
        choices=[("zh-hans", _("Chinese")), ("en", _("English"))],
        default="zh-hans",
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_superuser = models.BooleanField(_("may do everything"), default=False)
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)
    # Every session begun before the last one has ended.
    sign_outs = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        indexes = [
            models.Index(Right("phone", 4), name="account_last_digits"),
            models.Index(fields=["id"], condition=Q(is_superuser=True), name="account_superuser"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["phone"],
                condition=~Q(phone=""),
                name="account_phone_once",
                violation_error_code="unique",
                violation_error_message=_("This phone already has an account."),
            ),
            models.CheckConstraint(
                condition=~Q(display_name__regex=NO_NAME), name="account_is_addressed_by_a_name"
            ),
            *lasting_checks("account", ~Q(phone=""), EMPTY_ACCOUNT),
        ]
        triggers = [
            # The other half of `people.Resident`'s guard of that name.
            Guard(
                name="a_person_has_the_phone_of_the_account",
                operation=pgtrigger.UpdateOf("phone"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                found="""
                FROM people_resident r JOIN accounts_user u ON u.id = r.account_id
                WHERE u.id = NEW.id AND r.phone <> u.phone
                """,
                message="An account and its person have one phone: change both together.",
            ),
            *lasting_guards("account", "accounts_user"),
        ]

    def __str__(self) -> str:
        return self.display_name or str(_("closed account"))

    def get_short_name(self) -> str:
        """How the admin site greets, which would else say the phone on each of its pages."""
        return self.display_name

    @cached_property
    def grants(self) -> list["RoleGrant"]:
        """The account's roles that hold today, read once per request."""
        today = local_day(local_now())
        return [grant for grant in self.role_grants.all() if grant.holds_on(today)]

    @cached_property
    def powers(self) -> frozenset[Permission]:
        """What the roles allow, whether or not the account may sign in at present."""
        if self.is_superuser:
            return frozenset(Permission)
        return frozenset().union(*(ROLES[Role(grant.role)] for grant in self.grants))

    @property
    def permissions(self) -> frozenset[Permission]:
        return self.powers if self.is_active else frozenset()

    @property
    def standing(self) -> tuple[Hashable, ...]:
        """All that `may` hangs on: whose is equal may the same."""
        grants = ((grant.role, grant.scope) for grant in self.grants)
        return self.is_active, self.is_superuser, frozenset(grants), self.permissions

    def scopes(self, permission: Permission) -> set[str]:
        """The programmes (their slugs, or `EVERYWHERE`) in which a role allows it."""
        if permission not in self.permissions:
            return set()
        if self.is_superuser:
            return {EVERYWHERE}
        return {grant.scope for grant in self.grants if permission in ROLES[Role(grant.role)]}

    def may(self, permission: Permission, programme: str | None = None) -> bool:
        """Whether a role allows it; with `programme` (its slug), there and not elsewhere."""
        scopes = self.scopes(permission)
        return bool(scopes) if programme is None else counts_at(programme, scopes)

    # Whoever gains or loses power signs in anew: a session of half a year that began as a
    # resident's must not become one of staff. So does whoever has another phone: the old one may be
    # in other hands.
    def get_session_auth_hash(self) -> str:
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._session_hash, settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str) -> str:
        text = f"{self.password} {self.has_power} {self.phone} {self.sign_outs}"
        return salted_hmac(
            "diedie_edu.accounts:session", text, secret=secret, algorithm="sha256"
        ).hexdigest()

    # What the admin site asks of an account.
    @property
    def is_staff(self) -> bool:
        return Permission.OPEN_ADMIN in self.permissions

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether a role allows it; with a row, in the programme that the row belongs to."""
        return is_within(obj, self.scopes_for(perm))

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def scopes_for(self, perm: str) -> set[str]:
        """As `scopes`, for a permission of the admin site such as "people.view_resident"."""
        if self.is_superuser and self.is_active:
            return {EVERYWHERE}
        return {
            scope
            for row in opening(perm)
            for scope in self.scopes(row.permission)
            if not row.programme or scope in (EVERYWHERE, row.programme)
        }

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    @property
    def has_power(self) -> bool:
        """Whether a role allows more than what concerns oneself."""
        return bool(self.permissions - PERSONAL)

    @cached_property
    def has_second_factor(self) -> bool:
        """Read together with the account on every page (`backends`)."""
        return hasattr(self, "second_factor")

    # What templates ask.
    @property
    def takes_seats(self) -> bool:
        return Permission.TAKE_SEATS in self.permissions

    @property
    def may_open_desk(self) -> bool:
        return Permission.OPEN_DESK in self.permissions
