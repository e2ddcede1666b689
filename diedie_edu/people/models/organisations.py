"""Partner organisations: who gives lectures with us, employs workers, sends pupils."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.typed_fields import TypedField


class Organisation(models.Model):
    belongs = SHARED

    class Kind(models.TextChoices):
        CIVIL_GROUP = "civil_group", _("civil group")
        ASSOCIATION = "association", _("association")
        ENTERPRISE = "enterprise", _("enterprise")
        SCHOOL = "school", _("school")

    title = TypedField(_("organisation's name"), max_length=80, unique=True)
    kind = models.CharField(_("kind of organisation"), max_length=12, choices=Kind)
    contact = models.CharField(_("contact person"), max_length=50, blank=True)
    phone = models.CharField(_("contact phone"), max_length=20, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
