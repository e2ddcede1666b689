"""The history of an application: added to, never changed."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.sealed import SealedTextField
from edu_base.models.applications import Application
from edu_base.models.schemes import PROGRAMME
from edu_base.models.states import State


class Step(models.Model):
    """One step: to which state, when, by whom, as whom, and why. By a signed link it was
    whoever got the message; what happened by itself (an offer that ran out, a college's list
    of a former year) was done by nobody."""

    belongs = Always(PROGRAMME)

    class Acting(models.TextChoices):
        APPLICANT = "applicant", _("the applicant")
        GUARDIAN = "guardian", _("the guardian")
        STAFF = "staff", _("staff")
        LINK = "link", _("whoever had the signed link")
        NOBODY = "nobody", _("by itself")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="steps", verbose_name=_("application")
    )
    number = models.PositiveSmallIntegerField(_("step"))
    state = models.CharField(_("state"), max_length=12, choices=State)
    at = models.DateTimeField(_("at"))
    by = by_whom(_("by whom"))
    acting = models.CharField(_("as whom"), max_length=9, choices=Acting)
    reason = SealedTextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of applications")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="application_step_has_its_number"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="application_steps_are_counted_from_one"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="application_step_is_known"
            ),
            models.CheckConstraint(
                condition=Q(acting__in=["link", "nobody"], by=None)
                | ~Q(acting__in=["link", "nobody"]) & Q(by__isnull=False),
                name="application_step_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.MORE_ASKED, State.REFUSED, State.NOT_ADMITTED])
                | ~Q(reason=""),
                name="a_no_to_an_application_has_a_reason",
            ),
        ]
        triggers = [
            Stays(
                name="application_steps_stay_as_they_were",
                condition=pgtrigger.AnyChange(exclude=["reason"]),
                message="The history of an application is only ever added to.",
            ),
            NeverEmptied(name="application_steps_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_state_display()}"
