"""The browsers that an account has signed in with."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models.users import User
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.references import DELETE, On


class Device(models.Model):
    """A browser that an account has signed in with, known again by a token in its cookie.

    The account keeps an allowance of codes and guesses there that strangers cannot use up.
    `session_key` is its last session. `trusted_at`: when the second factor was last shown there.
    """

    belongs = SHARED
    user = models.ForeignKey(
        User,
        On(erased=DELETE, merged=DELETE),
        related_name="devices",
        verbose_name=_("account"),
    )
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(_("browser"), max_length=40)
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateField(_("last seen on"))
    session_key = models.CharField(max_length=40, blank=True)
    trusted_at = models.DateTimeField(_("trusted since"), null=True)

    class Meta:
        verbose_name = _("browser of an account")
        verbose_name_plural = _("browsers of accounts")
        ordering = ["-last_seen", "-pk"]

    def __str__(self) -> str:
        return " · ".join(gettext(word) for word in self.label.split(" · "))
