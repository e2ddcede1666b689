"""Who marks the applications of a class, and what they have said of ties to applicants."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from edu_base.models.applications import Application
from edu_base.models.schemes import PROGRAMME, Intake


class Reviewer(models.Model):
    """评审人: an account that the lead has appointed for one class. Whoever no longer is one keeps
    the row: what they have marked counts."""

    belongs = Always(PROGRAMME)
    intake = models.ForeignKey(
        Intake,
        models.PROTECT,
        related_name="reviewers",
        verbose_name=pgettext_lazy("of students", "class"),
    )
    account = by_whom(_("reviewer"), null=False)
    appointed_by = by_whom(_("appointed by"), null=False)
    appointed_at = models.DateTimeField(_("appointed at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["intake", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "account"],
                condition=Q(ended_at=None),
                name="reviewer_once_in_a_class",
            ),
        ]
        triggers = [
            Stays(
                name="an_appointment_stays_as_it_was",
                condition=pgtrigger.AnyChange(exclude=["ended_at"]),
                message="End this appointment and appoint somebody else.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.account)


class Declaration(models.Model):
    """回避: what a reviewer says of a covered name, before opening its case. A tie that comes to
    mind later is added; a declared one stays."""

    belongs = Always(PROGRAMME)

    class Tie(models.TextChoices):
        NONE = "none", pgettext_lazy("a tie", "none")
        RELATIVE = "relative", pgettext_lazy("a tie", "relative")
        EMPLOYER = "employer", pgettext_lazy("a tie", "employer or colleague")
        TEACHER = "teacher", pgettext_lazy("a tie", "teacher")
        OTHER = "other", pgettext_lazy("a tie", "another tie")

    reviewer = models.ForeignKey(
        Reviewer, models.CASCADE, related_name="declarations", verbose_name=_("reviewer")
    )
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="declarations", verbose_name=_("application")
    )
    tie = models.CharField(_("tie"), max_length=8, choices=Tie)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("declared tie")
        verbose_name_plural = _("declared ties")
        ordering = ["reviewer", "application"]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "application"], name="tie_is_declared_once"
            ),
            models.CheckConstraint(
                condition=Q(tie__in=["none", "relative", "employer", "teacher", "other"]),
                name="declared_tie_is_known",
            ),
        ]
        triggers = [
            Guard(
                name="ties_are_declared_in_the_own_class",
                operation=pgtrigger.Insert,
                missing="""
                FROM edu_base_reviewer r JOIN edu_base_application a ON a.intake_id = r.intake_id
                WHERE r.id = NEW.reviewer_id AND a.id = NEW.application_id
                """,
                message="This application is of another class.",
            ),
            Stays(
                name="a_declared_tie_stays",
                condition=pgtrigger.Condition("OLD.tie <> 'none' AND OLD.tie <> NEW.tie"),
                message="A declared tie stays.",
            ),
            NeverEmptied(name="declared_ties_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} · {self.get_tie_display()}"
