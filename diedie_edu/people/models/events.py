"""The log of what was done to a person's record."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.references import KEEP, On
from diedie_edu.people.models.residents import Resident

CHANGED = """
NEW.reason <> ''
OR (NEW.resident_id, NEW.kind, NEW.by_id, NEW.at)
   IS DISTINCT FROM (OLD.resident_id, OLD.kind, OLD.by_id, OLD.at)
"""


class PersonEvent(models.Model):
    """Somebody did something to a record, for a reason. Only ever added to.

    The line keeps the number of a row that is merged or erased; of whoever is erased it loses its
    reason, for there a name may stand.
    """

    belongs = SHARED

    class Kind(models.TextChoices):
        ENTERED = "entered", pgettext_lazy("a person", "entered at the desk")
        FAMILY = "family", _("family changed")
        PHONE_SHOWN = "shown", _("phone looked at")
        PHONE = "phone", _("phone changed")
        CORRECTED = "corrected", _("details corrected")
        MERGED = "merged", _("merged with another record")
        UNMERGED = "unmerged", _("merging taken back")
        MOVED = "moved", _("moved away")
        DIED = "died", pgettext_lazy("a person", "died")
        BACK = "back", pgettext_lazy("a person", "back in the register")
        ERASURE = "erasure", _("erasure asked for")
        ERASURE_TAKEN_BACK = "kept", _("wish to be erased taken back")
        LEFT = "left", _("left the volunteers")

    resident = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=KEEP),
        related_name="events",
        verbose_name=_("resident"),
    )
    kind = models.CharField(_("what was done"), max_length=12, choices=Kind)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    by = by_whom(_("who did it"))
    at = models.DateTimeField(_("at what time"))

    class Meta:
        verbose_name = _("line in a person's log")
        verbose_name_plural = _("lines in people's logs")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="person_event_has_a_kind"),
        ]
        triggers = [
            Stays(
                name="what_was_done_to_a_record_stays",
                condition=pgtrigger.Condition(CHANGED),
                message="A line in the log of a person only ever loses its reason.",
            ),
            Stays(
                name="lines_of_a_persons_log_stay",
                operation=pgtrigger.Delete,
                message="The log of a person is only ever added to.",
            ),
            NeverEmptied(name="the_log_of_people_is_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
