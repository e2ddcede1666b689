"""Who of a child's guardians sees and decides what, and whether staff have seen them."""

import pgtrigger
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard
from diedie_edu.common.keys import CompositeKey
from diedie_edu.common.references import DELETE, MOVE, REFUSE, On
from diedie_edu.people.models import Resident


class GuardianRight(models.Model):
    """What one of at most two guardians sees and decides of a child at the 4:30 school.

    Anybody can enrol a child; until staff have seen the guardian (`seen_at`), this one takes the
    child along by a document alone, and nobody else goes with it on their word.
    """

    belongs = Always("after-school")

    class Seen(models.TextChoices):
        DOCUMENT = "document", _("by a document")
        PAPER = "paper", _("by a signed paper")
        KNOWN = "known", _("known in person")

    class Place(models.IntegerChoices):
        FIRST = 1, _("first guardian")
        SECOND = 2, _("second guardian")

    child = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="guardian_rights",
        verbose_name=_("child"),
    )
    guardian = models.ForeignKey(
        Resident,
        On(erased=REFUSE, merged=MOVE),
        related_name="rights_over",
        verbose_name=_("guardian"),
    )
    place = models.PositiveSmallIntegerField(_("place"), choices=Place)
    sees_notes = models.BooleanField(_("sees notes from staff"), default=True)
    decides = models.BooleanField(
        _("decides"), default=True, help_text=_("Who may collect, absences, leaving.")
    )
    hears_arrival = models.BooleanField(_("hears when the child arrives"), default=False)
    seen_at = models.DateTimeField(_("seen by staff at"), null=True, blank=True)
    seen_by = by_whom(_("seen by"), blank=True)
    seen_how = models.CharField(_("how they were known"), max_length=8, choices=Seen, blank=True)
    seen_reference = models.CharField(_("where the paper lies"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("guardian's right")
        verbose_name_plural = _("guardians' rights")
        ordering = ["child", "place"]
        constraints = [
            models.UniqueConstraint(fields=["child", "guardian"], name="guardian_right_once"),
            models.UniqueConstraint(
                fields=["child", "place"],
                name="guardian_place_once",
                deferrable=Deferrable.IMMEDIATE,  # two change places in one statement
            ),
            models.CheckConstraint(
                condition=Q(place__in=[1, 2]), name="a_child_has_two_guardians_at_most"
            ),
            models.CheckConstraint(
                condition=Q(place=2) | Q(decides=True), name="first_guardian_decides"
            ),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None, seen_how="", seen_reference="")
                | (
                    Q(seen_at__isnull=False, seen_by__isnull=False)
                    & Q(seen_how__in=["document", "paper", "known"])
                    & (~Q(seen_how="paper") | ~Q(seen_reference=""))
                ),
                name="a_guardian_is_seen_by_somebody_in_one_way",
            ),
            CompositeKey(
                name="right_is_of_a_guardian",
                fields=["guardian", "child"],
                to="people.Guardianship",
                to_fields=["guardian", "child"],
                deferred=True,
            ),
        ]
        triggers = [
            Guard(
                name="whoever_answers_no_more_collects_no_more",
                operation=pgtrigger.Delete | pgtrigger.UpdateOf("guardian_id", "child_id"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                found="""
                FROM after_school_collector c
                JOIN people_resident child ON child.id = c.child_id AND child.erased_at IS NULL
                WHERE c.child_id = OLD.child_id AND c.guardian_id = OLD.guardian_id
                  AND c.barred_at IS NULL AND c.ended_at IS NULL
                  AND NOT EXISTS (
                      SELECT FROM after_school_guardianright g
                      WHERE g.child_id = c.child_id AND g.guardian_id = c.guardian_id)
                """,
                message="This guardian may still collect the child.",
            ),
            Guard(
                name="a_child_keeps_somebody_to_be_told",
                operation=pgtrigger.Delete | pgtrigger.UpdateOf("place", "child_id"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                found="""
                FROM people_resident child
                WHERE child.id = OLD.child_id AND child.erased_at IS NULL AND NOT EXISTS (
                    SELECT FROM after_school_guardianright g
                    WHERE g.child_id = child.id AND g.place = 1)
                  -- A merge that is undone takes along what it had brought.
                  AND NOT EXISTS (
                    SELECT FROM people_recordchange c WHERE c.kind = 'merged'
                      AND c.resident_id = OLD.child_id AND c.other_id = NEW.child_id)
                """,
                message="Nobody would be told of this child any more.",
            ),
            Guard(
                name="a_second_guardian_has_agreed",
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                found="""
                FROM after_school_guardianright r
                WHERE r.id = NEW.id AND r.place = 2 AND r.seen_at IS NULL AND NOT EXISTS (
                    SELECT FROM after_school_guardianinvitation i
                    WHERE i.child_id = r.child_id AND i.invited_id = r.guardian_id
                      AND i.answer = 'accepted')
                  AND NOT EXISTS (
                    SELECT FROM people_consent c
                    WHERE c.child_id = r.child_id AND c.guardian_id = r.guardian_id)
                """,
                message="Nobody is a guardian here who has not agreed, or been seen by staff.",
            ),
            Guard(
                name="nobody_is_seen_by_themselves",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("seen_by_id"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__seen_by__isnull=False),
                found="""
                FROM people_resident
                WHERE id = NEW.guardian_id AND account_id = NEW.seen_by_id
                """,
                message="Let a colleague confirm you.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} → {self.child}"

    @property
    def is_seen(self) -> bool:
        return self.seen_at is not None

    @property
    def account(self) -> int | None:
        """The id of the guardian's."""
        return self.guardian.account_id
