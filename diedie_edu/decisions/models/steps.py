"""The history of a request: added to, never changed."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.decisions.models.requests import VERSION, Request
from diedie_edu.decisions.models.states import DECIDED, SENT, State

ERASED = "–"  # what stays of words that were taken out


class Step(models.Model):
    """What was done to a request, by whom, and for each version what it asked for (`shown`).

    `shown` is the canonical text of the content as it was read under lock, `version` its keyed
    hash. Where somebody acted as a deputy, `acting_for` is whose right it was. A request that ended
    by itself was withdrawn by nobody.
    """

    belongs = Along("request__programme")
    request = models.ForeignKey(Request, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField(_("step"))
    what = models.CharField(_("what"), max_length=10, choices=State)
    at = models.DateTimeField(_("at"))
    by = by_whom(_("by whom"))
    acting_for = by_whom(_("in place of"))
    reason = SealedTextField(_("reason"), blank=True)
    version = models.CharField(max_length=64, blank=True)
    shown = SealedTextField(blank=True)

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of requests")
        ordering = ["request", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="step_has_its_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="steps_are_counted_from_one"),
            models.CheckConstraint(condition=Q(what__in=State.values), name="step_is_known"),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(what=State.WITHDRAWN),
                name="a_request_ends_by_itself_alone",
            ),
            models.CheckConstraint(
                condition=~Q(what__in=[State.RETURNED, State.REFUSED]) | ~Q(reason=""),
                name="a_no_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(what__in=SENT, version__regex=VERSION)
                | (~Q(what__in=SENT) & Q(version="", shown="")),
                name="step_keeps_the_version_it_saw",
            ),
            models.CheckConstraint(
                condition=~Q(what__in=SENT) | ~Q(shown=""), name="step_keeps_what_it_saw"
            ),
            models.CheckConstraint(
                condition=Q(acting_for=None) | (Q(what__in=DECIDED) & ~Q(by=F("acting_for"))),
                name="deputies_decide_for_others",
            ),
        ]
        triggers = [
            Guard(
                name="a_step_belongs_to_its_requests_history",
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                missing="FROM decisions_request WHERE id = NEW.request_id"
                " AND last_step >= NEW.number",
                message="A step is written with the request that it takes on.",
            ),
            Stays(
                name="steps_stay_as_they_were",
                condition=pgtrigger.AnyChange(exclude=["reason", "shown"]),
                message="The history of a request is only ever added to.",
            ),
            Guard(
                name="words_go_from_erased_requests_alone",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("reason", "shown"),
                missing="FROM decisions_request"
                " WHERE id = OLD.request_id AND erased_at IS NOT NULL",
                message="The history of a request is only ever added to.",
            ),
            Stays(
                name="steps_are_never_deleted",
                operation=pgtrigger.Delete,
                message="The history of a request is only ever added to.",
            ),
            NeverEmptied(name="steps_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_what_display()}"
