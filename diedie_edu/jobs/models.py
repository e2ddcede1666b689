"""One row for any long work: who asked for it, who is at it, how far, what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.files.models import StoredFile


class Job(models.Model):
    """Work that no page waits for.

    `params` say what is to be done and hold no personal data; what was typed (a search may be a
    name) is in `words`, sealed, and goes when the job ends, as does the file it was given. Who
    works at it holds a `lease`: a mark of its own, until a moment. `confirmed_at` is when whoever
    asked has seen what it would do and wants it.
    """

    belongs = SHARED

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting for its turn")
        WORKING = "working", _("under way")
        WAITING = "waiting", _("waiting for your confirmation")
        DONE = "done", _("done")
        REFUSED = "refused", _("not possible")
        FAILED = "failed", _("stopped")
        CANCELLED = "cancelled", _("cancelled")

    # A worker is at it, or soon will be.
    AT_WORK = (State.QUEUED, State.WORKING)
    OPEN = (*AT_WORK, State.WAITING)

    kind = models.CharField(_("kind of work"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    title = models.CharField(_("what it is about"), max_length=120)
    params = models.JSONField(default=dict, blank=True)
    words = SealedTextField(blank=True, default="")
    language = models.CharField(_("language of the answers"), max_length=10, default="zh-hans")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        On(erased=DELETE, merged=MOVE),
        related_name="jobs",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    lease = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(
        default=0,
        help_text=_("Starts of the present step; one that keeps dying is given up."),
    )
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    given = models.OneToOneField(
        StoredFile, models.SET_NULL, null=True, related_name="job_given", verbose_name=_("file")
    )
    result = models.OneToOneField(
        StoredFile, models.SET_NULL, null=True, related_name="job", verbose_name=_("result")
    )
    reason = models.TextField(_("why not"), blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(
                fields=["id"], name="job_at_work", condition=Q(state__in=["queued", "working"])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")), name="job_progress_within_total"
            ),
            models.CheckConstraint(
                condition=Q(state="working", lease__isnull=False, lease_until__isnull=False)
                | ~Q(state="working") & Q(lease=None, lease_until=None),
                name="job_is_held_while_worked_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "working", "waiting"], ended_at=None)
                | Q(
                    state__in=["done", "refused", "failed", "cancelled"],
                    ended_at__isnull=False,
                    given=None,
                    words="",
                ),
                name="ended_job_holds_nothing_it_was_given",
            ),
            models.CheckConstraint(
                condition=Q(state="done") | Q(result=None), name="only_a_done_job_has_a_result"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(confirmed_at=None), name="job_is_confirmed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES.get(self.State(self.state), "indigo")


TONES = {
    Job.State.REFUSED: "brick",
    Job.State.FAILED: "brick",
    Job.State.WAITING: "amber",
    Job.State.DONE: "leaf",
    Job.State.CANCELLED: "plain",
}
