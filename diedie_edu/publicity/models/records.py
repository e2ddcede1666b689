"""What went out elsewhere than on the portal."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.manifests import programme_choices
from diedie_edu.publicity.models.pictures import Picture
from diedie_edu.publicity.models.posts import Post


class OutwardRecord(models.Model):
    """A short record of what went out: on which day, where, with which picture; of a post or not.

    It counts in the figure of publicity. `over_on` is since when nothing of it is out there.
    """

    belongs = Along("programme")

    class Way(models.TextChoices):
        WECHAT = "wechat", _("WeChat account")
        BOARD = "board", _("notice board")
        BANNER = "banner", _("banner")
        VISIT = "visit", _("from door to door")
        OTHER = "other", _("another way")

    programme = models.SlugField(_("programme"), blank=True, choices=programme_choices)
    way = models.CharField(_("way"), max_length=6, choices=Way)
    went_out_on = models.DateField(_("day"))
    what = models.CharField(_("what went out"), max_length=80)
    place = models.CharField(_("where"), max_length=80, blank=True)
    link = models.URLField(_("link"), blank=True)
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        verbose_name=_("of which post"),
    )
    picture = models.ForeignKey(
        Picture,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="records",
        verbose_name=_("picture"),
    )
    over_on = models.DateField(_("no longer out there since"), null=True, blank=True)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = by_whom(_("entered by"))

    class Meta:
        verbose_name = _("record of what went out")
        verbose_name_plural = _("records of what went out")
        ordering = ["-went_out_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="record_says_what_went_out"),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""), name="record_says_where_it_went"
            ),
            models.CheckConstraint(
                condition=Q(way__in=["wechat", "board", "banner", "visit", "other"]),
                name="way_of_publicity_is_known",
            ),
            models.CheckConstraint(
                condition=Q(over_on=None) | Q(over_on__gte=F("went_out_on")),
                name="record_is_over_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.what
