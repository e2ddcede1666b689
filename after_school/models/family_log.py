"""The log of what staff did for families."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from after_school.models.guards import GoesWithItsChild, StaysWithItsChild
from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.references import DELETE, KEEP, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import Resident


class FamilyEvent(models.Model):
    """What staff did in the place of a guardian: who, for whom, why, when. Never changed; it goes
    with its child.

    `asked_by` is the guardian who asked for it, None where a paper did.
    """

    belongs = Always("after-school")

    class What(models.TextChoices):
        CUSTODY = "custody", _("changed who answers for the child")
        NAMED = "named", _("named somebody who may collect")
        BARRED = "barred", _("barred somebody")
        LIFTED = "lifted", _("lifted a bar")
        PASS = "pass", _("made a pass")
        PASS_BACK = "pass_back", _("took a pass back")
        WALK = "walk", _("permitted to walk home alone")
        WALK_BACK = "walk_back", _("took back walking home alone")
        ABSENCE = "absence", _("told that the child does not come")
        ABSENCE_BACK = "comes", _("told that the child comes after all")
        PLACE = "place", _("changed days, zone or what staff should know")
        ACCEPTED = "accepted", _("took the place that was offered")
        LEFT = "left", _("left the term")

    child = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="family_events",
        verbose_name=_("child"),
    )
    what = models.CharField(_("what was done"), max_length=10, choices=What)
    asked_by = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=KEEP),
        null=True,
        related_name="+",
        verbose_name=_("who asked for it"),
    )
    reason = SealedTextField(_("why, and how they asked"))
    paper_reference = models.CharField(_("where the paper lies"), max_length=60, blank=True)
    by = by_whom(_("by whom"), null=False)
    at = models.DateTimeField(_("at what time"))

    class Meta:
        verbose_name = _("what staff did for a family")
        verbose_name_plural = _("what staff did for families")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="staff_say_why_they_act"),
            models.CheckConstraint(
                condition=Q(
                    what__in=[
                        *("custody", "named", "barred", "lifted", "pass", "pass_back"),
                        *("walk", "walk_back", "absence", "comes"),
                        *("place", "accepted", "left"),
                    ]
                ),
                name="what_staff_did_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(what="custody", paper_reference=""), name="custody_changes_by_a_paper"
            ),
        ]
        triggers = [
            Stays(
                name="the_log_of_a_family_stays_as_it_was",
                condition=pgtrigger.AnyChange(
                    *("what", "asked_by", "reason", "paper_reference", "by", "at")
                ),
                message="The log of what staff did for a family is only ever added to.",
            ),
            StaysWithItsChild(name="the_log_of_a_family_stays_with_its_child"),
            NeverEmptied(name="the_log_of_a_family_is_never_emptied"),
            GoesWithItsChild(
                name="the_log_of_a_family_goes_with_its_child",
                found="FROM people_resident WHERE id = OLD.child_id AND erased_at IS NULL",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%Y-%m-%d}"
