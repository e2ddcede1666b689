"""A document's versions, and what was said beside their lines."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied
from diedie_edu.files.models import StoredFile
from diedie_edu.office.models.documents import Document
from diedie_edu.office.models.states import OPEN, WAS_APPROVED, State
from diedie_edu.office.models.version_guards import (
    APPROVED_HERE,
    NOT_APPROVED,
    SIGNED_ON_PAPER,
    TRIGGERS,
)


class Version(models.Model):
    """One version of a document; what it says are its content rows (`contents.Content`).

    `total` is the sum of a budget's lines and follows them. `reason` says why there is a new one.
    It was approved here, by `approved_by` (a deputy: in the place of `approved_for`), or on paper,
    signed by whoever `signed_by` names, with a scan. Of a document one version is approved at a
    time, and one at most is being written or waits.
    """

    belongs = Along("document__programme")
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    reason = models.CharField(
        _("why there is a new version"), max_length=300, blank=True, default=""
    )
    total = models.DecimalField(
        _("total, in yuan"), max_digits=13, decimal_places=2, default=0, editable=False
    )
    in_force_from = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("For rules alone.")
    )
    written_by = by_whom(_("begun by"), editable=False)
    written_at = models.DateTimeField(_("begun at"), editable=False)
    submitted_by = by_whom(_("submitted by"), editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    approved_by = by_whom(_("approved by"), editable=False)
    approved_for = by_whom(_("in place of"), editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    signed_on = models.DateField(_("signed on paper on"), null=True, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=50, blank=True, default="")
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    revoked_by = by_whom(_("approval withdrawn by"), editable=False)
    revoked_at = models.DateTimeField(_("approval withdrawn at"), null=True, editable=False)
    revoked_reason = models.CharField(
        _("why the approval was withdrawn"), max_length=300, blank=True, default=""
    )

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_has_its_number"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state__in=OPEN), name="one_version_is_open"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state=State.APPROVED), name="one_version_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values, number__gte=1), name="state_of_version_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAS_APPROVED) & (APPROVED_HERE | SIGNED_ON_PAPER)
                | ~Q(state__in=WAS_APPROVED) & NOT_APPROVED,
                name="approved_here_or_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | Q(submitted_at__isnull=False)
                | Q(signed_on__isnull=False),
                name="what_waits_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REVOKED, revoked_by__isnull=False, revoked_at__isnull=False)
                & ~Q(revoked_reason="")
                | ~Q(state=State.REVOKED) & Q(revoked_by=None, revoked_at=None, revoked_reason=""),
                name="a_withdrawn_approval_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="total_is_no_debt"),
        ]
        triggers = TRIGGERS

    def __str__(self) -> str:
        words = {"document": self.document, "number": self.number}
        return gettext("%(document)s, version %(number)s") % words

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Remark(models.Model):
    """Said beside a line of a version (`key`; empty: of the whole) by whoever reviews it.

    A version is returned with remarks that ask for something; the other lines count as seen.
    """

    belongs = Along("version__document__programme")

    class What(models.TextChoices):
        COMMENT = "comment", _("comment")
        ASKS = "asks", _("to be changed")

    version = models.ForeignKey(Version, models.PROTECT, related_name="remarks")
    key = models.UUIDField(_("line"), null=True, blank=True)
    what = models.CharField(_("what it is"), max_length=7, choices=What, default=What.COMMENT)
    words = models.CharField(_("words"), max_length=500)
    by = by_whom(_("by whom"), null=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["version", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["comment", "asks"]) & ~Q(words=""), name="a_remark_has_words"
            ),
        ]
        triggers = [NeverEmptied(name="remarks_are_never_emptied")]

    def __str__(self) -> str:
        return self.words
