"""What may ring a staff person's phone, or fill their mailbox: their own choice, by programme and
sort of message."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.references import DELETE, On


class PhoneChoice(models.Model):
    """Whether messages of one sort (`kinds.Sort`) about one programme come by text message too, and
    by e-mail (`mails`) to whoever wants e-mails.

    `programme` is a slug, empty for what belongs to the branch. Without a row it is as the sort
    says. In the portal they arrive all the same.
    """

    belongs = SHARED
    account = models.ForeignKey(
        User,
        On(erased=DELETE, merged=DELETE),
        related_name="phone_choices",
        verbose_name=_("account"),
    )
    programme = models.CharField(_("programme"), max_length=40, blank=True)
    sort = models.CharField(_("sort of message"), max_length=40)
    rings = models.BooleanField(_("comes to the phone"))
    mails = models.BooleanField(_("comes by e-mail"), default=True)

    class Meta:
        verbose_name = _("choice of messages to the phone")
        verbose_name_plural = _("choices of messages to the phone")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "programme", "sort"], name="phone_choice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.programme} · {self.sort}"
