"""Accounts: a phone signs in; roles are granted; codes are used once."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import ROLES, Permission, Role, opens_model


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, phone: str, password: str | None = None, **fields: object
    ) -> "User":
        """Create an account; without a password it signs in by one-time codes."""
        user = self.model(phone=phone, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, phone: str, password: str, **fields: object) -> "User":
        return self.create_user(phone, password, is_superuser=True, **fields)


class User(AbstractBaseUser):
    """An account. One phone is one account; a household may share it."""

    phone = models.CharField(_("mobile phone"), max_length=20, unique=True)
    display_name = models.CharField(_("how we address you"), max_length=50)
    email = models.EmailField(_("e-mail (optional)"), blank=True)
    language = models.CharField(
        _("language of messages"),
        max_length=10,
        choices=[("zh-hans", _("Chinese")), ("en", _("English"))],
        default="zh-hans",
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_superuser = models.BooleanField(_("may do everything"), default=False)
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.display_name

    @cached_property
    def grants(self) -> list["RoleGrant"]:
        """The account's roles, read once per request."""
        return list(self.role_grants.all())

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        if not self.is_active:
            return frozenset()
        if self.is_superuser:
            return frozenset(Permission)
        return frozenset().union(*(ROLES[Role(grant.role)] for grant in self.grants))

    def may(self, permission: Permission, programme: str | None = None) -> bool:
        """Whether a role allows it; with `programme` (its slug), there and not elsewhere."""
        if permission not in self.permissions:
            return False
        if programme is None or self.is_superuser:
            return True
        return any(
            permission in ROLES[Role(grant.role)] and grant.scope in ("", programme)
            for grant in self.grants
        )

    # What the admin site asks of an account.
    @property
    def is_staff(self) -> bool:
        return Permission.OPEN_ADMIN in self.permissions

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and (
            self.is_superuser or opens_model(self.permissions, perm)
        )

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return all(self.has_perm(perm) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    # What templates ask.
    @property
    def may_open_desk(self) -> bool:
        return Permission.OPEN_DESK in self.permissions


class RoleGrant(models.Model):
    """A role that somebody gave to an account; `scope` names a lead's programme by its slug."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope = models.SlugField(_("programme"), blank=True)
    granted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    granted_at = models.DateTimeField(_("granted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("granted role")
        verbose_name_plural = _("granted roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope"], name="role_granted_once"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.PROGRAMME_LEAD) ^ Q(scope=""),
                name="only_leads_have_a_scope",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.scope}".strip()


class PrivacyNotice(models.Model):
    """A version of the text people agree to when they register (PIPL art. 14, 17)."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    text = models.TextField(_("text, Chinese"))
    text_en = models.TextField(_("text, English"))
    in_force_from = models.DateTimeField(_("in force from"))

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["-in_force_from"]

    def __str__(self) -> str:
        return self.version


class NoticeAcceptance(models.Model):
    """Who agreed to which privacy notice, and when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="acceptances")
    notice = models.ForeignKey(
        PrivacyNotice, models.PROTECT, related_name="acceptances"
    )
    accepted_at = models.DateTimeField(_("accepted at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "notice"], name="notice_accepted_once"
            )
        ]


class OneTimeCode(models.Model):
    """A six-digit code sent to a phone: kept hashed, used once, few tries, short-lived."""

    class Purpose(models.TextChoices):
        REGISTER = "register", _("registration")
        SIGN_IN = "sign_in", _("signing in")
        RESET = "reset", _("new password")

    MAX_TRIES = 5

    phone = models.CharField(max_length=20)
    purpose = models.CharField(max_length=10, choices=Purpose)
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone", "created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(tries__lte=5), name="code_has_five_tries"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="code_expires_after_its_making",
            ),
        ]
