"""The robots of staff's group chats: an alert is said there for all to see who is quickest."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.sealed import SealedTextField, Unreadable


class Chat(models.TextChoices):
    """Whose group chats they are."""

    DINGTALK = "dingtalk", _("DingTalk")
    WECOM = "wecom", _("WeCom")
    FEISHU = "feishu", _("Feishu")


SIGNED = [Chat.DINGTALK, Chat.FEISHU]  # WeCom's robots know no signing


class Robot(models.Model):
    """One robot of one group chat.

    Whoever has its `address` may speak as it, so that lies encrypted, like the `secret` it signs
    by. It hears `alerts` (codes of `groups.Alert`) of one `programme` (a slug), or of all and of
    the branch where that is empty. It is never deleted: what it said is kept with it.
    """

    belongs = SHARED
    name = models.CharField(
        _("name"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("There is a robot of this name already.")},
        help_text=_("How you call it here, such as “4:30 school, staff group”."),
    )
    chat = models.CharField(_("group chat of"), max_length=10, choices=Chat)
    address = SealedTextField(_("the robot's address (webhook)"))
    secret = SealedTextField(_("the robot's secret"), blank=True)
    programme = models.CharField(_("programme"), max_length=40, blank=True)
    alerts = models.JSONField(_("what it says"), default=list)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    is_on = models.BooleanField(_("on"), default=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = by_whom(_("created by"))

    class Meta:
        verbose_name = _("robot of a group chat")
        verbose_name_plural = _("robots of group chats")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(chat__in=Chat.values), name="robot_chat_is_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(address=""), name="robot_has_name_and_address"
            ),
            models.CheckConstraint(
                condition=Q(secret="") | Q(chat__in=SIGNED), name="robot_signs_where_that_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def speaks_of(self, programme: str | None) -> bool:
        """Of what belongs to a programme (its slug), or to the branch."""
        return self.programme in ("", programme or "")

    @property
    def shown_address(self) -> str:
        """Enough to recognise it by, not enough to speak as it."""
        if isinstance(self.address, Unreadable):
            return self.address
        return f"{urlsplit(self.address).hostname} … {self.address[-4:]}"
