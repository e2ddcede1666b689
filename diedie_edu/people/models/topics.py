"""What people can learn and teach: the plan's areas and topics, an open list.

Topics live with people rather than with the residents' school, because a volunteer's skills
are topics and every programme's learning record names them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.bilingual import Bilingual


class TopicArea(Bilingual):
    """Plan 三(一)2: employment skills, general education, health, leisure."""

    belongs = SHARED
    slug = models.SlugField(_("short name for addresses"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic area")
        verbose_name_plural = _("topic areas")
        ordering = ["position", "id"]


class Topic(Bilingual):
    """One topic; staff may add more, for the plan's list ends with 等 (and others)."""

    belongs = SHARED
    area = models.ForeignKey(
        TopicArea, models.PROTECT, related_name="topics", verbose_name=_("topic area")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["area__position", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "title_zh"], name="topic_once")]
