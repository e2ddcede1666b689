"""What staff did to a whole record: two of one person merged, a household parted, somebody gone."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Stays
from diedie_edu.common.references import KEEP, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models.residents import Resident


class RecordChange(models.Model):
    """A change of `resident`'s record that can be undone until `undo_until`.

    Of a merge `other` is the row that went; of two who only look alike, the other person. `notes`
    bring everything back (`common.deeds`); they are taken out once it is undone or too late.
    """

    belongs = SHARED

    class Kind(models.TextChoices):
        MERGED = "merged", _("two records merged")
        DIFFERENT = "different", _("two people, not one")
        SPLIT = "split", _("household parted")
        MOVED = "moved", _("moved away")
        DIED = "died", _("died")

    kind = models.CharField(_("what was done"), max_length=9, choices=Kind)
    resident = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=KEEP),
        related_name="record_changes",
        verbose_name=_("resident"),
    )
    other = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=KEEP),
        null=True,
        related_name="+",
        verbose_name=_("the other record"),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = by_whom(_("by whom"), null=False)
    at = models.DateTimeField(_("at what time"))
    undo_until = models.DateTimeField(_("can be undone until"), null=True)
    notes = SealedTextField(blank=True, editable=False)
    # By table, the newest row that named them: what comes later was entered since.
    last = models.JSONField(default=dict, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = by_whom(_("undone by"))

    class Meta:
        verbose_name = _("change of a record")
        verbose_name_plural = _("changes of records")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["undo_until"], condition=~Q(notes=""), name="changes_to_forget")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["merged", "different"], other__isnull=False)
                & ~Q(other=F("resident"))
                | Q(kind__in=["split", "moved", "died"], other=None),
                name="change_of_a_record_names_whom_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__gte=F("at"), undone_by__isnull=False, notes=""),
                name="what_is_undone_keeps_no_notes",
            ),
            models.CheckConstraint(
                condition=Q(notes="") | Q(undo_until__isnull=False),
                name="notes_of_a_change_are_kept_for_a_time",
            ),
            models.UniqueConstraint(
                fields=["other"],
                condition=Q(kind="merged", undone_at=None),
                name="a_record_is_merged_once",
            ),
        ]
        triggers = [
            Stays(
                name="what_was_done_to_a_record_stays_written",
                condition=pgtrigger.AnyChange("kind", "resident", "other", "by", "at"),
                message="What was done to a record stays written down.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
