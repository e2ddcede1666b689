"""Somebody is asked to be the second guardian, and says yes under the own account."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from after_school.models.guards import ChildIsNotLocked
from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.people.models import Guardianship, Resident


class GuardianInvitation(models.Model):
    """The first guardian asks somebody with an account to be the second, until `expires_at`.

    Nothing of the child is theirs before they agree. One is open for a child at a time; a newer
    one takes its place.
    """

    belongs = Always("after-school")

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("agreed")
        DECLINED = "declined", _("said no")
        TAKEN_BACK = "taken_back", _("taken back")

    child = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="guardian_invitations",
        verbose_name=_("child"),
    )
    invited = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="+", verbose_name=_("who is asked")
    )
    relation = models.CharField(_("relation"), max_length=12, choices=Guardianship.Relation)
    sees_notes = models.BooleanField(_("sees notes from staff"))
    decides = models.BooleanField(_("decides"))
    invited_by = by_whom(_("asked by"), null=False)
    invited_at = models.DateTimeField(_("asked at"))
    expires_at = models.DateTimeField(_("open until"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = by_whom(_("answered by"), blank=True)

    class Meta:
        verbose_name = _("invitation of a second guardian")
        verbose_name_plural = _("invitations of second guardians")
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(answered_at=None), name="one_guardian_is_invited"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="guardian_invitation_expires"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    answer__in=["accepted", "declined", "taken_back"],
                ),
                name="guardian_invitation_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer="accepted") | Q(answered_at__lte=F("expires_at")),
                name="guardian_invitation_is_accepted_in_time",
            ),
        ]
        triggers = [
            ChildIsNotLocked(name="nobody_is_invited_to_a_locked_child"),
            Guard(
                name="whoever_is_invited_agrees_themselves",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("answer", "answered_by_id"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__answer="accepted"),
                missing="""
                FROM people_resident
                WHERE id = NEW.invited_id AND account_id = NEW.answered_by_id
                """,
                message="Only whoever is asked agrees, under the own account.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invited} → {self.child}"
