"""A spreadsheet on its way into the register: uploaded, checked, confirmed, loaded."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED


class ImportJob(models.Model):
    """One uploaded file. Nothing of it is in the register before `done`, everything after.

    The file is erased when the job ends, an unconfirmed one after a day, the faults and the
    preview as well: all of them hold personal data.
    """

    belongs = SHARED

    class Status(models.TextChoices):
        CHECKING = "checking", _("being checked")
        FAULTY = "faulty", _("needs corrections; nothing was changed")
        READY = "ready", _("waiting for your confirmation")
        LOADING = "loading", _("being loaded")
        DONE = "done", _("loaded")
        FAILED = "failed", _("stopped; nothing was changed")
        DISCARDED = "discarded", _("discarded; nothing was changed")

    # A worker is at it, or soon will be.
    AT_WORK = (Status.CHECKING, Status.LOADING)

    kind = models.CharField(_("kind of list"), max_length=12)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.CHECKING)
    file_name = models.CharField(_("file name"), max_length=120)
    content = models.BinaryField(null=True, editable=False)
    language = models.CharField(_("language of the answers"), max_length=10, default="zh-hans")
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    rows_new = models.PositiveIntegerField(_("new"), default=0)
    rows_changed = models.PositiveIntegerField(_("changed"), default=0)
    rows_same = models.PositiveIntegerField(_("unchanged"), default=0)
    faults = models.JSONField(_("faults"), default=list, blank=True)
    faults_total = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=dict, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="import_jobs"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(
        default=0,
        help_text=_("Starts of the present step; one that keeps dying is given up."),
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")),
                name="import_progress_within_total",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["checking", "ready", "loading"], content__isnull=False)
                | Q(status__in=["faulty", "done", "failed", "discarded"], content=None),
                name="open_import_has_its_file_ended_one_has_none",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.status in self.AT_WORK

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES.get(self.Status(self.status), "indigo")


TONES = {
    ImportJob.Status.FAULTY: "brick",
    ImportJob.Status.FAILED: "brick",
    ImportJob.Status.READY: "amber",
    ImportJob.Status.DONE: "leaf",
    ImportJob.Status.DISCARDED: "plain",
}
