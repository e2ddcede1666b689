"""The outbox: what is to be told to whom, by which channel, once."""

from django.contrib.postgres.functions import RandomUUID
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.notices.models.robots import Robot
from diedie_edu.people.models import Resident


class Channel(models.TextChoices):
    """DESK is for nobody in particular: an alarm's own row, for the staff desk. ROBOT is for all of
    a staff group's chat. WECHAT is chosen by nobody: it goes wherever a text message does, to those
    who have tied theirs."""

    INBOX = "inbox", _("in the portal")
    SMS = "sms", _("text message")
    WECHAT = "wechat", _("WeChat")
    EMAIL = "email", _("e-mail")
    ROBOT = "robot", _("group chat")
    DESK = "desk", _("on the staff desk")


GONE = "–"  # in the place of a number that was taken out
CODE = "code:"  # how the subject of a one-time code begins


class Status(models.TextChoices):
    """queued → claimed → sending → sent → delivered, with side exits."""

    QUEUED = "queued", _("waiting")
    CLAIMED = "claimed", _("taken up")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    DELIVERED = "delivered", _("delivered")
    UNKNOWN = "unknown", _("not known whether it arrived")
    FAILED = "failed", _("failed")
    EXPIRED = "expired", _("too late to send")
    CANCELLED = "cancelled", _("cancelled")
    SUPPRESSED = "suppressed", _("not wanted or no address")


# By which somebody can be told, for choices.
_CHOSEN = (Channel.INBOX, Channel.SMS, Channel.EMAIL)
TO_PEOPLE = [(way.value, way.label) for way in _CHOSEN]
STOPPABLE = [Status.QUEUED, Status.CLAIMED]
IN_HAND = [Status.CLAIMED, Status.SENDING]
OPEN = [Status.QUEUED, Status.CLAIMED, Status.SENDING]
TROUBLE = [Status.FAILED, Status.UNKNOWN]
NOT_ARRIVED = [*TROUBLE, Status.EXPIRED, Status.SUPPRESSED]
# Whoever has one of these of an event hears of it, or will.
HEARD = [*OPEN, Status.SENT, Status.DELIVERED]


class Notice(models.Model):
    """One message by one channel to a person, to an account (staff need not be residents), or to
    the robot of a staff group's chat.

    `event` (kind : subject : revision) is what it tells of; `dedupe_key` (event : addressee :
    channel) makes planning it twice harmless. The text is not stored: `kind` and `data` render it
    in the reader's language. `address` is a phone that need not be anybody's: of one-time codes,
    and of whoever left a number for one answer; it is taken out a day later (`GONE`). `sealed`
    holds a code, encrypted, until the message is settled.
    `reference` is what gateways know the message by, the same over all attempts, and the key of
    its short link: whoever has it opens the page. `told_with` is the message that said this one
    too: a text to a relative who hears for both, or the same by WeChat. `dealt_with_at`: it did
    not get through, and somebody has seen to it in another way.
    """

    belongs = SHARED
    dedupe_key = models.CharField(max_length=200)
    event = models.CharField(max_length=180, blank=True)
    reference = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    kind = models.CharField(_("kind of message"), max_length=60)
    subject = models.CharField(_("what it is about"), max_length=80)
    recipient = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        null=True,
        related_name="notices",
        verbose_name=_("recipient"),
    )
    account = models.ForeignKey(
        User,
        On(erased=DELETE, merged=MOVE),
        null=True,
        db_index=False,  # `notice_account` is smaller: most messages are for residents
        related_name="+",
        verbose_name=_("account"),
    )
    robot = models.ForeignKey(
        Robot,
        models.PROTECT,
        null=True,
        db_index=False,  # `notice_robot` is smaller
        related_name="notices",
        verbose_name=_("robot of a group chat"),
    )
    address = models.CharField(max_length=100, blank=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    sealed = models.TextField(blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.QUEUED)
    created_at = models.DateTimeField(_("created at"))
    next_try_at = models.DateTimeField(_("next try at"))
    expires_at = models.DateTimeField(_("not after"), null=True)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    again_of = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        related_name="again",
        verbose_name=_("sent again for"),
    )
    again_by = by_whom(_("sent again by"))
    told_with = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        related_name="also_tells",
        verbose_name=_("said together with"),
    )
    dealt_with_at = models.DateTimeField(_("dealt with at"), null=True)
    dealt_with_by = by_whom(_("dealt with by"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["channel", "next_try_at", "id"],
                condition=Q(status="queued"),
                name="notice_due",
            ),
            models.Index(
                fields=["subject"],
                condition=Q(status__in=[*OPEN, *NOT_ARRIVED]),
                name="notice_revocable",
            ),
            models.Index(
                fields=["lease_until"],
                condition=Q(status__in=["claimed", "sending"]),
                name="notice_leased",
            ),
            models.Index(
                fields=["recipient", "-created_at"],
                condition=Q(channel="inbox"),
                name="notice_inbox",
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(channel="inbox", status="delivered", read_at=None),
                name="notice_unread",
            ),
            models.Index(
                fields=["account", "-created_at"],
                condition=Q(account__isnull=False),
                name="notice_account",
            ),
            models.Index(
                fields=["robot", "-created_at"],
                condition=Q(robot__isnull=False),
                name="notice_robot",
            ),
            models.Index(
                fields=["-created_at"],
                condition=Q(status__in=["failed", "unknown"]),
                name="notice_trouble",
            ),
            models.Index(fields=["event"], name="notice_event"),
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=NOT_ARRIVED),
                name="notice_not_arrived",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dedupe_key"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(channel="desk", recipient=None, account=None, robot=None, address="")
                | Q(channel="robot", robot__isnull=False, recipient=None, account=None, address="")
                | ~Q(channel__in=["desk", "robot"])
                & Q(robot=None)
                & (
                    Q(recipient__isnull=False, account=None, address="")
                    | Q(recipient=None, account__isnull=False, address="")
                    | Q(recipient=None, account=None) & ~Q(address="")
                ),
                name="notice_has_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["claimed", "sending"], lease__isnull=False)
                | (~Q(status__in=["claimed", "sending"]) & Q(lease=None)),
                name="notice_leased_while_in_hand",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "claimed", "sending"]) | Q(sealed=""),
                name="settled_notice_keeps_no_code",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "claimed", "sending"], settled_at=None)
                | Q(settled_at__isnull=False) & ~Q(status__in=["queued", "claimed", "sending"]),
                name="notice_settled_at_its_end",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="notice_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="notice_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def addressee(self) -> Resident | User | None:
        """Whom it is for; None for a one-time code, on the desk and in a group chat."""
        return self.recipient or self.account
