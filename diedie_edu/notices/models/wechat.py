"""Telling somebody by WeChat: whose it is, and what the portal holds to call WeChat."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.common.sealed import SealedTextField


class WeChatTie(models.Model):
    """An account has its messages by the WeChat of one person.

    `openid` is what our official account knows that WeChat by; `openid_hash` finds it again. Both
    go when the tie ends. `refused_at`: its owner wanted no messages when one was sent last.
    """

    class Follows(models.TextChoices):
        """Whether that WeChat follows our official account: no message reaches it otherwise."""

        UNKNOWN = "unknown", _("not known yet")
        YES = "yes", _("follows the official account")
        NO = "no", _("does not follow the official account")

    class Why(models.TextChoices):
        """Why a tie ended."""

        OWN = "own", _("ended by its owner")
        ELSEWHERE = "elsewhere", _("this WeChat was tied to another account")
        ANOTHER = "another", _("another WeChat was tied")
        GONE = "gone", _("WeChat does not know it any more")
        RESTORED = "restored", _("it had ended before a back-up was brought back")

    belongs = SHARED
    account = models.ForeignKey(
        User,
        On(erased=DELETE, merged=MOVE),
        related_name="wechat_ties",
        verbose_name=_("account"),
    )
    openid = SealedTextField(blank=True, editable=False)
    openid_hash = models.CharField(max_length=64, blank=True, editable=False)
    follows = models.CharField(_("follows"), max_length=8, choices=Follows, default=Follows.UNKNOWN)
    refused_at = models.DateTimeField(_("wanted no messages at"), null=True)
    tied_at = models.DateTimeField(_("tied at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    why = models.CharField(_("why it ended"), max_length=10, choices=Why, blank=True)

    class Meta:
        verbose_name = _("tied WeChat")
        verbose_name_plural = _("tied WeChats")
        ordering = ["-tied_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="wechat_tied_once"
            ),
            models.UniqueConstraint(
                fields=["openid_hash"], condition=Q(ended_at=None), name="wechat_is_one_persons"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, why="") & ~Q(openid="") & ~Q(openid_hash="")
                | Q(ended_at__isnull=False, openid="", openid_hash="") & ~Q(why=""),
                name="wechat_tie_ends_whole",
            ),
            models.CheckConstraint(
                condition=Q(follows__in=["unknown", "yes", "no"])
                & Q(why__in=["", "own", "elsewhere", "another", "gone", "restored"]),
                name="wechat_tie_says_what_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_heard(self) -> bool:
        """Whether a message may reach it."""
        return self.ended_at is None and self.follows != self.Follows.NO


class WeChatCode(models.Model):
    """A picture on a screen that ties whoever scans it; each account has one at most.

    `scene_hash` finds it by what WeChat says was scanned; `address` is what the picture holds.
    """

    belongs = SHARED
    account = models.OneToOneField(
        User, On(erased=DELETE, merged=DELETE), related_name="+", verbose_name=_("account")
    )
    scene_hash = models.CharField(max_length=64, unique=True, editable=False)
    address = SealedTextField(editable=False)
    ends_at = models.DateTimeField(_("ends at"))

    class Meta:
        verbose_name = _("code that ties a WeChat")
        verbose_name_plural = _("codes that tie a WeChat")


class WeChatAccess(models.Model):
    """What lets us call WeChat in the name of our official account (`app_id`): one for all
    processes, fetched by one of them while it has the lease (`fetching_until`), for the time after
    it was `fetched` so often.

    `forced_at` and `forced`: when it was last fetched by force, and how often that day; WeChat
    allows it seldom. `refused`: its word for why it gives us none, such as a wrong secret.
    """

    belongs = SHARED
    app_id = models.CharField(max_length=40, unique=True)
    token = SealedTextField(blank=True, editable=False)
    ends_at = models.DateTimeField(null=True)
    fetching_until = models.DateTimeField(null=True)
    fetched = models.PositiveIntegerField(default=0)
    forced_at = models.DateTimeField(null=True)
    forced = models.PositiveSmallIntegerField(default=0)
    refused = models.CharField(max_length=20, blank=True)
    refused_at = models.DateTimeField(null=True)


class WeChatCall(models.Model):
    """A call of WeChat's that was taken in, by its signature: a second one like it is a replay. It
    is kept as long as its time would let it in."""

    belongs = SHARED
    signature = models.CharField(max_length=40, unique=True)
    came_at = models.DateTimeField()
