"""The second step of signing in: codes of an app, and a printed sheet for when it is lost."""

import base64

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device as OneTimeDevice
from django_otp.models import ThrottlingMixin
from django_otp.oath import TOTP

from diedie_edu.accounts.models.users import User
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.references import DELETE, On
from diedie_edu.common.sealed import SealedTextField

# From then on half an hour lies between two guesses, and never more: whoever has stolen a password
# does not shut its owner out.
MOST_FAILURES = 12


class SecondFactor(ThrottlingMixin, OneTimeDevice):  # type: ignore[misc]  # without types
    """The app of an account that makes a new code every 30 seconds (RFC 6238).

    django-otp brings the arithmetic and the pauses between guesses. Its own table keeps the key
    bare, and forgets which session has used a code; here the key is sealed, and a second tap in the
    same session (`last_session`) is the same wish.
    """

    belongs = SHARED
    name = confirmed = None
    user = models.OneToOneField(
        User,
        On(erased=DELETE, merged=DELETE),
        related_name="second_factor",
        verbose_name=_("account"),
    )
    key = SealedTextField()
    last_step = models.BigIntegerField(default=-1)
    last_session = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)

    def verify_token(self, token: str, session: str = "") -> bool:
        """Whether it is the code of now; each counts once, and wrong ones make the next wait."""
        if not self.verify_is_allowed()[0]:
            return False
        step = self.step_of(token)
        is_same_wish = step == self.last_step and session == self.last_session != ""
        is_right = step is not None and (step > self.last_step or is_same_wish)
        if step is not None and is_right:
            self.last_step, self.last_session = step, session
        self.note_try(is_right)
        return is_right

    def step_of(self, token: str) -> int | None:
        """The 30 seconds that a code belongs to: those of now, or the ones before or after."""
        clock = TOTP(base64.b32decode(self.key))
        clock.time = timezone.now().timestamp()
        is_found = token.isdecimal() and clock.verify(int(token), tolerance=1)
        return clock.t() if is_found else None

    def note_try(self, is_right: bool) -> None:
        if is_right:
            self.throttle_reset(commit=False)
        else:
            self.throttle_increment(commit=False)
            failures = self.throttling_failure_count  # type: ignore[has-type]
            self.throttling_failure_count = min(failures, MOST_FAILURES)
        self.save()

    def get_throttle_factor(self) -> int:
        """Seconds after the first wrong code; twice as many after each further one."""
        return 1


class RecoveryCode(models.Model):
    """A line of the printed sheet: kept hashed, used once (by `used_in`, a session)."""

    belongs = SHARED
    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)
    used_in = models.CharField(max_length=40, blank=True)
