"""What a provider of text messages has approved."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED


class Provider(models.TextChoices):
    """Who sends by templates; the values are those of SMS_BACKEND, and WeChat."""

    ALIBABA = "alibaba", _("Alibaba Cloud")
    TENCENT = "tencent", _("Tencent Cloud")
    HTTP = "http", _("a gateway of our own")
    WECHAT = "wechat", _("WeChat")


class ApprovedTemplate(models.Model):
    """One text message as a provider has approved it.

    `name` is what we call it (`Kind.template`), `code` what the provider does. `text` are its words
    as approved, each variable as ${name}, without the signature. At WeChat it says for each field
    what stands there (`wechat_fields`), and one template of theirs serves several of ours: an
    account has no more than 25.
    """

    belongs = SHARED
    provider = models.CharField(_("provider"), max_length=10, choices=Provider)
    name = models.CharField(_("template"), max_length=80)
    code = models.CharField(_("provider's code"), max_length=60)
    text = models.TextField(_("words as approved"), max_length=500)
    approved_on = models.DateField(_("approved on"))

    class Meta:
        verbose_name = _("approved template")
        verbose_name_plural = _("approved templates")
        ordering = ["provider", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "name"],
                name="template_approved_once",
                violation_error_message=_("This template has a code already."),
            ),
            models.UniqueConstraint(
                fields=["provider", "code"],
                condition=~Q(provider="wechat"),
                name="template_code_means_one",
                violation_error_message=_("This code belongs to another template."),
            ),
            models.CheckConstraint(
                condition=Q(provider__in=Provider.values), name="template_provider_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(code="") & ~Q(text=""), name="template_is_complete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.code}"
