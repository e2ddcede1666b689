"""The trail of what touches the safety of the house."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.guards import NeverEmptied, Stays


class SecurityEvent(models.Model):
    """One step that matters for safety. Never changed, and kept for six months at least
    (Cybersecurity Law art. 21).

    It holds no personal data: accounts by number, without a key, so that it outlives them; `what`
    a word and the number of a row; the network as a hash.
    """

    belongs = SHARED

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        FAILED = "failed", _("could not sign in")
        SIGNED_OUT = "signed_out", _("signed out")
        CODE_SENT = "code_sent", _("code sent")
        PASSWORD = "password", _("new password")
        ROLE_GIVEN = "role_given", _("role given")
        ROLE_TAKEN = "role_taken", _("role taken")
        FACTOR = "factor", _("second factor changed")
        DEVICE_ENDED = "device_ended", _("device signed out")
        ACCOUNT = "account", _("account changed")
        PHONE = "phone", _("phone changed")
        CUSTODY = "custody", _("guardianship changed")
        EXPORT = "export", _("list taken out")
        KEYS = "keys", _("keys changed")
        NOTICE = "notice", _("privacy notice published")
        COMMUNITY = "community", _("facts of the community changed")
        ROBOT = "robot", _("robot of a group chat changed")
        ERASED = "erased", _("erased")
        MERGED = "merged", _("merged")
        REFUSED = "refused", _("page refused")

    kind = models.CharField(_("what happened"), max_length=12, choices=Kind)
    account = models.BigIntegerField(_("account"), null=True, db_index=True)
    about = models.BigIntegerField(_("whose account"), null=True, db_index=True)
    what = models.CharField(_("which"), max_length=80, blank=True)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    network_hash = models.CharField(_("network"), max_length=64, blank=True)
    at = models.DateTimeField(_("at what time"), db_index=True)

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        ordering = ["-at", "-id"]
        triggers = [
            Stays(
                name="the_trail_stays_as_it_was",
                message="The trail of security is only ever added to.",
            ),
            Stays(
                name="the_trail_is_kept_for_six_months",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.at > now() - interval '6 months'"),
                message="The trail of security is kept for six months.",
            ),
            NeverEmptied(name="the_trail_is_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
