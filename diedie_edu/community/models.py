"""The community itself: its name, where it is, when its phones may ring. One row for the house."""

from datetime import time

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.bilingual import Bilingual, in_language
from diedie_edu.common.phones import LONGEST
from diedie_edu.common.typed_fields import TypedField
from diedie_edu.files.models import StoredFile

ONLY = 1
# A provider of text messages takes a signature of two to twelve signs and puts the brackets.
SHORT = (
    MinLengthValidator(2),
    RegexValidator(r"^[^][【】{}<>]+$", _("Without brackets: the message puts them itself.")),
)


class Palette(models.TextChoices):
    """Which colour leads (docs/design.md); each is a part of `palettes.css`."""

    BANYAN = "banyan", _("banyan green")
    RIVER = "river", _("river blue")
    WISTERIA = "wisteria", _("wisteria violet")


class Community(Bilingual):
    """Whom this portal belongs to. Read by `known.community()`, never by itself.

    `short` signs text messages and stands on top of each page. `phone` is the community's own
    number; `phones` has those of its rooms and programmes, by the code of their `Telephone`.
    `left_out`: steps of
    the first day that it does without, by their codes. Between `quiet_from` and `quiet_until`
    nobody's phone rings; equal ones mean no quiet at all.
    """

    belongs = SHARED
    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    short_zh = TypedField(
        _("short name, Chinese"),
        max_length=12,
        validators=SHORT,
        help_text=_("Two to twelve characters. Each text message begins with it, as 【…】."),
    )
    short_en = models.CharField(
        _("short name, English"), max_length=12, blank=True, validators=SHORT
    )
    phone = models.CharField(
        _("telephone of the community"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Whom people ring with a question. It stands on each page, and in messages."),
    )
    phones = models.JSONField(_("other telephones"), default=dict, blank=True, editable=False)
    address_zh = models.CharField(_("address, Chinese"), max_length=80, blank=True)
    address_en = models.CharField(_("address, English"), max_length=120, blank=True)
    hours_zh = models.CharField(_("office hours, Chinese"), max_length=60, blank=True)
    hours_en = models.CharField(_("office hours, English"), max_length=90, blank=True)
    logo = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    palette = models.CharField(
        _("leading colour"), max_length=10, choices=Palette, default=Palette.BANYAN
    )
    quiet_from = models.TimeField(
        _("quiet from"),
        default=time(21),
        help_text=_("At night no text messages go out, but for codes and where a child is."),
    )
    quiet_until = models.TimeField(_("quiet until"), default=time(8))
    left_out = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("facts of the community")
        verbose_name_plural = _("facts of the community")
        constraints = [
            models.CheckConstraint(condition=Q(id=ONLY), name="there_is_one_community"),
            models.CheckConstraint(
                condition=~Q(title_zh="") & ~Q(short_zh=""), name="the_community_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(palette__in=Palette.values), name="community_palette_is_known"
            ),
        ]

    @property
    def short(self) -> str:
        return in_language(self.short_zh, self.short_en)

    @property
    def address(self) -> str:
        return in_language(self.address_zh, self.address_en)

    @property
    def hours(self) -> str:
        return in_language(self.hours_zh, self.hours_en)

    @property
    def portal(self) -> str:
        """What the portal calls itself."""
        return gettext("%(community)s Learning") % {"community": self.title}

    @property
    def brand(self) -> str:
        """The same where there is little room."""
        return gettext("%(community)s Learning") % {"community": self.short}


class DemoRows(models.Model):
    """What the demonstration made in one table, so that it can be taken away: its rows by their
    keys; of rows that were there before, by key and column, what stood there and what stands now.
    """

    belongs = SHARED
    model = models.CharField(max_length=80, unique=True)
    keys = models.JSONField(default=list)
    changed = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("rows of the demonstration")
        verbose_name_plural = _("rows of the demonstration")
