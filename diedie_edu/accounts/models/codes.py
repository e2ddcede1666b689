"""One-time codes."""

from datetime import UTC, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED

MAX_TRIES = 5


class OneTimeCode(models.Model):
    """A six-digit code sent to a phone: kept hashed, used once, few tries, short-lived.

    It holds in the browser that asked for it alone (`browser_hash`), which has at most one open
    for a phone; that is closed by being used or by a newer one. So nobody closes, or guesses at,
    what somebody else has in hand. `place_hash` tells apart where codes were asked from, without
    keeping the address.
    """

    belongs = SHARED

    class Purpose(models.TextChoices):
        REGISTER = "register", _("registration")
        SIGN_IN = "sign_in", _("signing in")
        RESET = "reset", _("new password")
        FAMILY = "family", _("joining a family")
        CHANGE = "change", _("new phone")

    class By(models.TextChoices):
        """Who asked: a browser that the phone's account has signed in with, another account, or
        nobody we know."""

        OWNER = "owner"
        ACCOUNT = "account"
        STRANGER = "stranger"

    MINUTES = 10
    LIFE = timedelta(minutes=MINUTES)
    MAX_TRIES = MAX_TRIES

    phone = models.CharField(max_length=20)
    purpose = models.CharField(max_length=10, choices=Purpose)
    code_hash = models.CharField(max_length=64)
    browser_hash = models.CharField(max_length=64)
    place_hash = models.CharField(max_length=64)
    by = models.CharField(max_length=10, choices=By)
    created_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone", "created_at"]),
            models.Index(fields=["place_hash", "created_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["phone", "browser_hash"],
                condition=Q(closed_at=None),
                name="phone_has_one_open_code_a_browser",
            ),
            models.CheckConstraint(condition=Q(tries__lte=MAX_TRIES), name="code_has_five_tries"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="code_expires_after_its_making",
            ),
        ]

    def salted(self, code: str) -> str:
        """What is hashed: the code with its row, so that equal codes have unequal hashes."""
        made = self.created_at.astimezone(UTC).isoformat()
        return f"{self.phone} {self.purpose} {made} {code}"
