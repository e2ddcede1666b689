"""Short messages from guardians to the staff of an afternoon."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from after_school.models.guards import FromGuardian
from after_school.models.presence import Presence
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, Stays
from diedie_edu.common.references import EMPTY, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import Resident

MOST = 6  # of a guardian, a child and a day


class GuardianMessage(models.Model):
    """What a guardian tells the staff of today; it stands on the register until it is seen."""

    belongs = Along("presence__term__programme__slug")
    MOST = MOST

    class What(models.TextChoices):
        LATE_15 = "late_15", _("15 minutes late")
        LATE_30 = "late_30", _("30 minutes late")
        PASS = "pass", _("somebody else comes: see the pass")
        CALL_ME = "call_me", _("please call me")
        OWN = "own", _("own words")

    presence = models.ForeignKey(
        Presence, models.CASCADE, related_name="guardian_messages", verbose_name=_("presence")
    )
    guardian = models.ForeignKey(
        Resident,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        related_name="+",
        verbose_name=_("guardian"),
    )
    what = models.CharField(_("what was said"), max_length=7, choices=What)
    text = SealedTextField(_("own words"), blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    seen_at = models.DateTimeField(_("seen at"), null=True)
    seen_by = by_whom(pgettext_lazy("a message", "seen by"))

    class Meta:
        verbose_name = _("message from a guardian")
        verbose_name_plural = _("messages from guardians")
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["late_15", "late_30", "pass", "call_me"], text="")
                | (Q(what="own") & ~Q(text="")),
                name="guardian_message_says_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None)
                | Q(seen_at__gte=F("sent_at"), seen_by__isnull=False),
                name="a_message_is_seen_by_somebody_after_it_was_sent",
            ),
        ]
        triggers = [
            FromGuardian(name="who_answers_for_a_child_writes_of_it", operation=pgtrigger.Insert),
            Guard(
                name="a_guardian_writes_six_messages_a_day",
                operation=pgtrigger.Insert,
                first="PERFORM FROM after_school_presence WHERE id = NEW.presence_id"
                " FOR NO KEY UPDATE;",
                found=f"""
                WHERE {MOST} < (
                    SELECT count(*) FROM after_school_guardianmessage
                    WHERE presence_id = NEW.presence_id AND guardian_id = NEW.guardian_id)
                """,  # nosec B608 (a constant of ours)
                message="That are six messages today; please call.",
            ),
            Stays(
                name="what_a_guardian_wrote_stays",
                operation=pgtrigger.UpdateOf("presence_id", "what", "text", "sent_at"),  # type: ignore[no-untyped-call]
                message="What a guardian wrote stays as it is.",
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.get_what_display())
