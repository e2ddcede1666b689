"""How calls of a gateway ended, and when the outbox last ran."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.notices.models.notices import Notice, Status


class Reason(models.TextChoices):
    """Why a call ended as it did; for the people who look for a message."""

    ACCEPTED = "accepted", _("the gateway took it")
    REFUSED = "refused", _("the gateway refuses this message")
    NOT_TAKEN = "not_taken", _("the gateway did not take it")
    NO_CONNECTION = "no_connection", _("no connection to the gateway")
    NO_ANSWER = "no_answer", _("no clear answer from the gateway")
    ASKED = "asked", _("the gateway told us when asked")
    SETTINGS = "settings", _("the gateway refuses our account, key or signature")
    NO_TEMPLATE = "no_template", _("the provider has not approved this text")
    UNWANTED = "unwanted", _("does not follow our official account, or wants no messages")
    RECEIPT = "receipt", _("the gateway reported it")
    CUT_OFF = "cut_off", _("our process ended in the middle of the call")
    FAULT = "fault", _("a fault in the portal itself")


class Attempt(models.Model):
    """One call of a gateway, and how it ended; written for the people who look for a message.
    `sent_to` is a keyed hash of the number (`bearers.sent_to`): the link ends with it.
    `gateway_id` is what the gateway knows the message by: some name nothing else in receipts."""

    belongs = SHARED
    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="attempts", verbose_name=_("notice")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    lease = models.UUIDField()
    sent_to = models.CharField(max_length=64, blank=True, editable=False)
    gateway_id = models.CharField(_("gateway's number"), max_length=60, blank=True)
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Status, blank=True)
    reason = models.CharField(_("reason"), max_length=14, choices=Reason, blank=True)
    detail = models.CharField(_("technical detail"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["notice", "number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="attempt_number_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="attempt_ends_after_its_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["started_at"],
                condition=Q(reason="no_template"),
                name="attempt_without_template",
            ),
            models.Index(
                fields=["gateway_id"],
                condition=~Q(gateway_id=""),
                name="attempt_gateway_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} · {self.number}"


class Tick(models.Model):
    """When each part of the outbox last ran; /healthz and the staff desk read it."""

    belongs = SHARED
    part = models.CharField(primary_key=True, max_length=20)
    ran_at = models.DateTimeField()
