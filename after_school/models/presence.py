"""A child's afternoon: expected, arrived, in a zone, handed over; and what staff note of it."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from after_school.models.collecting import Collector, CollectorPass, WalkHomePermission
from after_school.models.enrolments import Enrolment
from after_school.models.guards import (
    ChildIsNotLocked,
    GoesWithItsChild,
    LiveConsent,
    OpenSession,
    StaysWithItsChild,
    ZoneHasPlace,
)
from after_school.models.sessions import Session
from after_school.models.terms import Term, Zone
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Stays
from diedie_edu.common.keys import CompositeKey
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import Resident

NOBODY = Q(collector=None, collector_pass=None, walk_home=None)
ONE_WAY = (
    Q(collector__isnull=False, collector_pass=None, walk_home=None)
    | Q(collector=None, collector_pass__isnull=False, walk_home=None, checked_how="code")
    | Q(collector=None, collector_pass=None, walk_home__isnull=False, checked_how="permission")
)


class Presence(models.Model):
    """One child at one session. Whoever has arrived and not left is inside.

    `collector`, `collector_pass`, `walk_home`: exactly one of them says how the child left, and
    the database lets it be only one that holds for this child on this day.
    """

    belongs = Along("term__programme__slug")
    INSIDE = Q(arrived_at__isnull=False, left_at=None)

    class Check(models.TextChoices):
        KNOWN = "known", _("known to staff")
        DOCUMENT = "document", _("showed a document")
        CALL = "call", _("a guardian was called")
        CODE = "code", _("told the code of the pass")
        PERMISSION = "permission", _("may walk home alone")

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="presences", verbose_name=_("session")
    )
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="presences", verbose_name=_("enrolment")
    )
    term = models.ForeignKey(Term, models.CASCADE, related_name="+", editable=False)
    child = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="presences", verbose_name=_("child")
    )
    is_expected = models.BooleanField(_("was expected"), default=True)
    missing_notified_at = models.DateTimeField(_("reported as missing at"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    arrived_by = by_whom(_("let in by"))
    zone = models.ForeignKey(
        Zone, models.RESTRICT, null=True, related_name="presences", verbose_name=_("zone")
    )
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    left_by = by_whom(_("handed over by"))
    collector = models.ForeignKey(
        Collector,
        models.RESTRICT,
        null=True,
        related_name="hand_overs",
        verbose_name=_("collected by"),
    )
    collector_pass = models.OneToOneField(
        CollectorPass,
        models.RESTRICT,
        null=True,
        related_name="hand_over",
        verbose_name=_("collected with the pass"),
    )
    walk_home = models.ForeignKey(
        WalkHomePermission,
        models.RESTRICT,
        null=True,
        related_name="hand_overs",
        verbose_name=_("walked home by the permission"),
    )
    checked_how = models.CharField(_("checked how"), max_length=10, choices=Check, blank=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["session", "child__sort_key", "id"]
        indexes = [
            models.Index(
                fields=["session"],
                condition=Q(arrived_at__isnull=False, left_at=None),
                name="children_inside",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "child"], name="child_once_a_session"),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(arrived_at__isnull=False, left_at=None),
                name="a_child_is_inside_once",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None, arrived_by=None, zone=None)
                | Q(arrived_at__isnull=False, arrived_by__isnull=False, zone__isnull=False),
                name="who_arrives_is_let_in_to_a_zone",
            ),
            models.CheckConstraint(
                condition=(Q(left_at=None, left_by=None, checked_how="") & NOBODY)
                | (
                    Q(left_at__gte=F("arrived_at"), left_by__isnull=False)
                    & Q(checked_how__in=["known", "document", "call", "code", "permission"])
                    & ONE_WAY
                ),
                name="a_child_leaves_in_exactly_one_way",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(arrived_at__isnull=False),
                name="who_leaves_has_arrived",
            ),
            CompositeKey(
                name="presence_is_of_its_session",
                fields=["session", "term"],
                to="after_school.Session",
                to_fields=["id", "term"],
                deferred=True,
            ),
            CompositeKey(
                name="presence_is_of_an_enrolled_child",
                fields=["enrolment", "child", "term"],
                to="after_school.Enrolment",
                to_fields=["id", "child", "term"],
                deferred=True,
            ),
            CompositeKey(
                name="presence_is_in_a_zone_of_its_term",
                fields=["zone", "term"],
                to="after_school.Zone",
                to_fields=["id", "term"],
                deferred=True,
            ),
        ]
        triggers = [
            ChildIsNotLocked(name="a_locked_child_is_not_let_in"),
            LiveConsent(
                name="a_child_is_let_in_under_a_live_consent",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__arrived_at__isnull=False),
            ),
            LiveConsent(
                name="a_missing_child_is_let_in_under_a_live_consent",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__arrived_at__isnull=True, new__arrived_at__isnull=False),
            ),
            OpenSession(
                name="presence_is_checked_when_entered",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__arrived_at__isnull=False),
            ),
            OpenSession(
                name="presence_is_checked_when_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    *("session", "arrived_at", "left_at"),
                    *("collector", "collector_pass", "walk_home", "checked_how"),
                ),
            ),
            StaysWithItsChild(name="an_afternoon_stays_with_its_child"),
            Stays(
                name="a_child_inside_is_not_forgotten",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__arrived_at__isnull=False, old__left_at__isnull=True),
                message="This child is inside; hand it over first.",
            ),
            GoesWithItsChild(
                name="an_afternoon_goes_with_its_child",
                found="FROM people_resident WHERE id = OLD.child_id AND erased_at IS NULL",
            ),
            ZoneHasPlace(
                name="a_child_takes_a_place_of_a_zone",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("zone_id", "arrived_at", "left_at"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__arrived_at__isnull=False, new__left_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} {self.session}"

    @property
    def is_inside(self) -> bool:
        return self.arrived_at is not None and self.left_at is None

    @property
    def answer(self) -> Any:
        """Where it is (`Whereabouts`), as was said; None where nobody has. Django raises for a row
        that it knows is not there, which takes as long as reading the presence."""
        read = self._state.fields_cache
        return read["whereabouts"] if "whereabouts" in read else getattr(self, "whereabouts", None)

    @property
    def went_with(self) -> str:
        """Whom the child left with, in words; empty while it is there."""
        if self.walk_home_id:
            return str(self.Check.PERMISSION.label)
        return str(self.collector or (self.collector_pass and self.collector_pass.full_name) or "")


class Note(models.Model):
    """What staff tell the guardians of a child's afternoon."""

    belongs = Along("presence__term__programme__slug")

    class Kind(models.TextChoices):
        HOMEWORK = "homework", _("homework")
        INCIDENT = "incident", _("incident")

    presence = models.ForeignKey(
        Presence, models.CASCADE, related_name="notes", verbose_name=_("presence")
    )
    kind = models.CharField(_("kind of note"), max_length=8, choices=Kind)
    text = SealedTextField(_("what happened, in a sentence or two"))
    written_by = by_whom(_("written by"), null=False)
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("note to guardians")
        verbose_name_plural = _("notes to guardians")
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["homework", "incident"]), name="note_is_of_a_known_kind"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]
