"""公示 and the committee's resolution: what an application passes from the proposal on."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from edu_base.models.applications import Application
from edu_base.models.schemes import PROGRAMME, Intake


class Announcement(models.Model):
    """公示: who is proposed in a class stands in public from `first_on` to `last_on`, both
    included, with the name half covered and nothing else. The days are working days of the
    calendar as it was known when the list was put up."""

    belongs = Always(PROGRAMME)
    intake = models.ForeignKey(
        Intake,
        models.PROTECT,
        related_name="announcements",
        verbose_name=pgettext_lazy("of students", "class"),
    )
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    made_by = by_whom(_("put up by"), null=False)
    made_at = models.DateTimeField(_("put up at"))

    class Meta:
        verbose_name = _("public announcement")
        verbose_name_plural = _("public announcements")
        ordering = ["-first_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="announcement_lasts_a_day_at_least"
            ),
        ]
        triggers = [
            Stays(
                name="announcements_stay_as_they_were",
                operation=pgtrigger.Update | pgtrigger.Delete,
                message="A public announcement is neither shortened nor taken back.",
            ),
            NeverEmptied(name="announcements_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.intake} · {self.first_on:%Y-%m-%d}"


class Resolution(models.Model):
    """What the community's party committee resolved on people of a class, by its document."""

    belongs = Always(PROGRAMME)
    intake = models.ForeignKey(
        Intake,
        models.PROTECT,
        related_name="resolutions",
        verbose_name=pgettext_lazy("of students", "class"),
    )
    decided_on = models.DateField(_("resolved on"))
    document_number = models.CharField(_("number of the document"), max_length=60)
    made_by = by_whom(_("entered by"), null=False)
    made_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("resolution of the committee")
        verbose_name_plural = _("resolutions of the committee")
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(document_number=""), name="resolution_names_its_document"
            ),
        ]
        triggers = [
            Stays(
                name="resolutions_stay_as_they_were",
                operation=pgtrigger.Update | pgtrigger.Delete,
                message="A resolution is entered once.",
            ),
            NeverEmptied(name="resolutions_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.document_number} · {self.decided_on:%Y-%m-%d}"


class Listing(models.Model):
    """An application on a list of 公示, and the resolution that said yes or no to it."""

    belongs = Always(PROGRAMME)
    announcement = models.ForeignKey(
        Announcement,
        models.PROTECT,
        related_name="listings",
        verbose_name=_("public announcement"),
    )
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="listing", verbose_name=_("application")
    )
    resolution = models.ForeignKey(
        Resolution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="listings",
        verbose_name=_("resolution of the committee"),
    )

    class Meta:
        verbose_name = _("name on a public announcement")
        verbose_name_plural = _("names on public announcements")
        ordering = ["announcement", "id"]
        triggers = [
            Stays(
                name="what_was_announced_stays",
                condition=pgtrigger.Condition(
                    "OLD.resolution_id IS NOT NULL"
                    " OR OLD.announcement_id IS DISTINCT FROM NEW.announcement_id"
                    " OR OLD.application_id IS DISTINCT FROM NEW.application_id"
                ),
                message="A name stays on its public announcement, and is resolved on once.",
            ),
            Stays(
                name="nobody_leaves_a_public_announcement",
                operation=pgtrigger.Delete,
                message="That a name stood on a public announcement stays.",
            ),
            NeverEmptied(name="listings_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.announcement} · {self.application_id}"
