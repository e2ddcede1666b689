"""A spreadsheet on its way into the register: uploaded, checked, confirmed, loaded."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.files.actions import store
from diedie_edu.jobs.models import Job


class Hidden(models.TextChoices):
    """What becomes of rows that a look at the file does not show: by a filter, or by hand."""

    LOADED = "loaded", _("Load the hidden rows too")
    LEFT_OUT = "left_out", _("Leave the hidden rows out")


class ImportJob(Job):
    """The job of one uploaded file, and what was found in it. Nothing of the file is in the
    register before `done`, everything after.

    The file is erased when the job ends, an unconfirmed one after a day, the faults and the
    preview as well: all of them hold personal data.
    """

    class Status(models.TextChoices):
        CHECKING = "checking", _("being checked")
        FAULTY = "faulty", _("needs corrections; nothing was changed")
        READY = "ready", _("waiting for your confirmation")
        LOADING = "loading", _("being loaded")
        DONE = "done", _("loaded")
        FAILED = "failed", _("stopped; nothing was changed")
        DISCARDED = "discarded", _("discarded; nothing was changed")

    rows_new = models.PositiveIntegerField(_("new"), default=0)
    rows_changed = models.PositiveIntegerField(_("changed"), default=0)
    rows_same = models.PositiveIntegerField(_("unchanged"), default=0)
    faults = models.JSONField(_("faults"), default=list, blank=True)
    faults_total = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    @property
    def list_slug(self) -> str:
        """The kind of list."""
        return self.params["list"]

    @property
    def status(self) -> Status:
        """The step it is at, or how it ended."""
        if self.is_at_work:
            return self.Status.LOADING if self.confirmed_at else self.Status.CHECKING
        return STATUS[self.State(self.state)]

    @property
    def asks(self) -> int:
        """How many questions (`plans.Question`) are to be answered before it is loaded."""
        return len(self.preview.get("asked", ()))

    @property
    def lines_said(self) -> dict[str, list[int]]:
        """Numbers of lines of which somebody has said that they are rows, or none."""
        return self.params.get("lines", {"rows": [], "none": []})

    @property
    def ways(self) -> list[tuple[Hidden, dict[str, int]]]:
        """What may become of hidden rows, and the counts of it: whoever confirms chooses."""
        return [(Hidden(way), counts) for way, counts in self.preview.get("hidden", {}).items()]

    @property
    def leaves_hidden_out(self) -> bool:
        return self.params.get("hidden") == Hidden.LEFT_OUT

    @property
    def id_numbers(self) -> dict[str, list[str]]:
        """Columns and cells of which identity numbers were taken before the list was kept."""
        return self.params.get("id_numbers", {})

    @property
    def is_cells(self) -> bool:
        """Whether not the file is kept, but those of its cells that may be."""
        return self.params.get("is_cells", False)

    @property
    def content(self) -> bytes | None:
        """The uploaded file, or with `is_cells` what is left of it (`spreadsheets.kept`); None
        once the job has ended."""
        return store.content_of(self.given) if self.given else None


Status = ImportJob.Status
STATUS: dict[Any, ImportJob.Status] = {
    Job.State.WAITING: Status.READY,
    Job.State.DONE: Status.DONE,
    Job.State.REFUSED: Status.FAULTY,
    Job.State.FAILED: Status.FAILED,
    Job.State.CANCELLED: Status.DISCARDED,
}
