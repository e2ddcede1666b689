"""The log of an afternoon of a child."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from after_school.models.guards import GoesWithItsChild
from after_school.models.presence import Presence
from after_school.models.terms import Zone
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.sealed import SealedTextField


class PresenceEvent(models.Model):
    """The log of an afternoon: who did what, when. Never changed; it goes with its child."""

    belongs = Along("presence__term__programme__slug")

    class What(models.TextChoices):
        ARRIVED = "arrived", _("arrived")
        ARRIVAL_UNDONE = "unarrived", _("arrival taken back")
        ZONE = "zone", _("changed zone")
        MISSING_TOLD = "missing", _("reported as missing")
        LEFT = "left", _("handed over")
        LEAVING_UNDONE = "unleft", _("hand-over taken back")
        REFUSED = "refused", _("hand-over refused")
        CALLED = "called", _("called by phone")
        SAID = "said", _("said where the child is")
        NOT_BELIEVED = "unbelieved", _("said it and does not answer for the child")

    presence = models.ForeignKey(
        Presence, models.CASCADE, related_name="events", verbose_name=_("presence")
    )
    what = models.CharField(_("what happened"), max_length=10, choices=What)
    zone = models.ForeignKey(
        Zone, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name=_("zone")
    )
    detail = SealedTextField(_("detail"), blank=True)
    by = by_whom(_("by whom"))
    at = models.DateTimeField(_("at what time"))

    class Meta:
        verbose_name = _("event of an afternoon")
        verbose_name_plural = _("events of afternoons")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    what__in=[
                        *("arrived", "unarrived", "zone", "missing"),
                        *("left", "unleft", "refused", "called", "said", "unbelieved"),
                    ]
                ),
                name="presence_event_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(what="zone") | Q(zone__isnull=False), name="change_names_its_zone"
            ),
        ]
        triggers = [
            Stays(
                name="the_log_of_an_afternoon_stays_as_it_was",
                message="The log of an afternoon is only ever added to.",
            ),
            NeverEmptied(name="the_log_of_an_afternoon_is_never_emptied"),
            GoesWithItsChild(
                name="the_log_of_an_afternoon_goes_with_it",
                found="FROM after_school_presence WHERE id = OLD.presence_id",
            ),
        ]
