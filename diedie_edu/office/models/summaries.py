"""What a summary says beside its paragraphs: figures as they were when they were read, pictures."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.manifests import programme_choices
from diedie_edu.office.models.contents import IN_DRAFTS, Content


class SummaryFigure(Content):
    """A figure with its definition, kept as it was read: what is counted later changes nothing.

    Numbers are kept as they are written (12, 12.5), empty where there is nothing: the own one, of
    which whole, those of the year before, and the target. `by_month` are those of the period's
    months, where there is a chart of them.
    """

    NUMBERS = ("number", "whole", "before", "whole_before", "target")
    SAID = ("slug", "label", "definition", "unit", "is_share", *NUMBERS, "by_month")
    slug = models.SlugField(_("figure"))
    label = models.CharField(_("title"), max_length=120)
    definition = models.TextField(_("definition"))
    unit = models.CharField(_("unit"), max_length=30, blank=True, default="")
    is_share = models.BooleanField(_("is a share"), default=False)
    number = models.CharField(_("number"), max_length=20, blank=True, default="")
    whole = models.CharField(_("of which whole"), max_length=20, blank=True, default="")
    before = models.CharField(_("a year before"), max_length=20, blank=True, default="")
    whole_before = models.CharField(_("whole a year before"), max_length=20, blank=True, default="")
    target = models.CharField(_("target"), max_length=20, blank=True, default="")
    by_month = models.JSONField(_("by month"), default=list, blank=True)

    class Meta(Content.Meta):
        verbose_name = _("figure of a summary")
        verbose_name_plural = _("figures of a summary")
        constraints = [
            models.UniqueConstraint(fields=["version", "slug"], name="figure_once_in_a_summary"),
            models.CheckConstraint(
                condition=~Q(label="") & ~Q(definition=""), name="a_figure_says_what_it_counts"
            ),
        ]
        triggers = [IN_DRAFTS, NeverEmptied(name="figures_are_never_emptied")]

    def __str__(self) -> str:
        return self.label

    @staticmethod
    def words(said: dict[str, Any]) -> tuple[str, str]:
        number = said["number"] or "–"
        text = f"{number} / {said['whole']}" if said["whole"] else number
        return f"{gettext('Figure')} {said['label']}", f"{text} {said['unit']}".rstrip()


class SummaryPicture(Content):
    """A picture of publicity, by its number: whoever is erased takes the picture along, and whether
    it may be shown is asked each time it would be."""

    SAID = ("picture", "caption")
    picture = models.PositiveBigIntegerField(_("picture"))
    caption = models.CharField(_("what stands below it"), max_length=120)

    class Meta(Content.Meta):
        verbose_name = _("picture of a summary")
        verbose_name_plural = _("pictures of a summary")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "picture"], name="picture_once_in_a_summary"
            ),
        ]
        triggers = [IN_DRAFTS, NeverEmptied(name="pictures_are_never_emptied")]

    def __str__(self) -> str:
        return self.caption

    @staticmethod
    def words(said: dict[str, Any]) -> tuple[str, str]:
        return f"{gettext('Picture')} {said['position']}", said["caption"]


class SummaryExport(models.Model):
    """A file of a summary that left the portal with `pictures` (their numbers) in it: where they
    had gone out, should somebody withdraw the permission."""

    belongs = Along("programme")
    programme = models.SlugField(_("programme"), choices=programme_choices)
    title = models.CharField(_("title"), max_length=200)
    extension = models.CharField(_("kind of file"), max_length=4)
    pictures = ArrayField(models.PositiveBigIntegerField(), verbose_name=_("pictures"))
    at = models.DateTimeField(_("exported at"))
    by = by_whom(_("exported by"))

    class Meta:
        verbose_name = _("exported summary")
        verbose_name_plural = _("exported summaries")
        ordering = ["-at", "-id"]
        triggers = [
            Stays(
                name="what_was_exported_stays_known",
                operation=pgtrigger.Delete,
                message="Where pictures had gone out stays written down.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}.{self.extension}"
