"""What somebody asks for and a person decides."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.manifests import programme_choices
from diedie_edu.decisions.models.states import CLOSED, DECIDED, OPEN, SENT, State

VERSION = "^[0-9a-f]{64}$"


class Request(models.Model):
    """One request of a kind about one thing (`subject`, its number), and how it stands.

    What was asked stands in its steps, version by version; `last_step` and `version` are those of
    the last one. `data` is what its line in a list says. Rows are never deleted: what must be
    forgotten is taken out of them (`erased_at`).
    """

    belongs = Along("programme")
    kind = models.SlugField(_("kind of request"))
    programme = models.SlugField(_("programme"), blank=True, choices=programme_choices)
    subject = models.PositiveBigIntegerField(_("number of what it is about"))
    data = models.JSONField(default=dict)
    asked_by = by_whom(_("asked by"), null=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    last_step = models.PositiveSmallIntegerField(_("number of the last step"))
    version = models.CharField(max_length=64, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    due_on = models.DateField(_("to be decided by"), null=True)
    remind_on = models.DateField(_("next reminder on"), null=True)
    decided_by = by_whom(_("decided by"))
    decided_for = by_whom(_("in place of"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    erased_at = models.DateTimeField(_("content erased at"), null=True)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state=State.SUBMITTED), name="waits_until"),
            models.Index(fields=["asked_by", "-id"], name="asked_by_whom"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(state__in=OPEN), name="asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="state_of_a_request_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SENT)
                | Q(submitted_at__isnull=False, due_on__isnull=False, version__regex=VERSION),
                name="what_is_sent_has_a_version_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SUBMITTED, remind_on__isnull=False)
                | (~Q(state=State.SUBMITTED) & Q(remind_on=None)),
                name="what_waits_is_reminded_of",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_by=None, decided_for=None, decided_at=None)),
                name="what_is_decided_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")) & ~Q(decided_for=F("asked_by")),
                name="nobody_decides_their_own",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("decided_for")), name="nobody_stands_in_for_themselves"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(state__in=CLOSED, data={}),
                name="what_is_erased_is_closed_and_empty",
            ),
        ]
        triggers = [
            Guard(
                name="a_request_stands_as_its_last_step_says",
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                missing="""
                    FROM decisions_step WHERE request_id = NEW.id AND number = NEW.last_step
                    AND what = NEW.state AND version = NEW.version
                    AND (NEW.decided_at IS NULL OR (by_id = NEW.decided_by_id
                    AND acting_for_id IS NOT DISTINCT FROM NEW.decided_for_id))
                """,
                message="A request goes on by a step of its history.",
            ),
            Stays(
                name="what_a_request_is_about_stays",
                condition=pgtrigger.AnyChange("kind", "programme", "subject", "asked_by"),
                message="Ask for something else by another request.",
            ),
            Stays(
                name="a_closed_request_stays_closed",
                condition=pgtrigger.Q(
                    old__state__in=CLOSED, old__last_step__df=pgtrigger.F("new__last_step")
                ),
                message="It has been decided or withdrawn. Ask anew.",
            ),
            Stays(
                name="a_request_is_never_deleted",
                operation=pgtrigger.Delete,
                message="Its content can be erased; that it was asked and decided stays.",
            ),
            NeverEmptied(name="requests_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state == State.SUBMITTED

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
