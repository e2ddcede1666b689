"""Papers that go with an application, and who of staff has looked at it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.files.models import StoredFile
from edu_base.models.applications import Application
from edu_base.models.schemes import PROGRAMME


class ApplicationDocument(models.Model):
    """A scan or a photograph of a paper, kept while the application needs it."""

    belongs = Always(PROGRAMME)

    class Sort(models.TextChoices):
        IDENTITY = "identity", _("copy of the identity paper")
        HOUSEHOLD = "household", _("household register or tenancy contract")
        SCHOOLING = "schooling", _("certificate of schooling")
        WORK = "work", _("proof of work")
        SIGNED = "signed", _("signed application")
        OTHER = "other", _("something else")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="documents", verbose_name=_("application")
    )
    sort = models.CharField(_("what it is"), max_length=9, choices=Sort)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="application_document", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("paper of an application")
        verbose_name_plural = _("papers of applications")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    sort__in=["identity", "household", "schooling", "work", "signed", "other"]
                ),
                name="sort_of_a_paper_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.get_sort_display()


class ApplicationLook(models.Model):
    """Somebody who is neither the applicant nor the guardian has opened something of an
    application: `what` it was, and why where a reason is asked for."""

    belongs = Always(PROGRAMME)
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="looks", verbose_name=_("application")
    )
    viewer = by_whom(_("who looked"), null=False)
    what = models.CharField(_("at what"), max_length=60)
    reason = SealedTextField(_("why"), blank=True)
    at = models.DateTimeField(_("at what time"))

    class Meta:
        verbose_name = _("look at an application")
        verbose_name_plural = _("looks at applications")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="look_at_an_application_names_what"),
        ]
        triggers = [
            Stays(
                name="looks_at_applications_stay",
                message="The log of looks at applications is only ever added to.",
            ),
            Guard(
                name="looks_go_with_their_application_alone",
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                found="FROM edu_base_application WHERE id = OLD.application_id",
                message="The log of looks at applications is only ever added to.",
            ),
            NeverEmptied(name="looks_at_applications_are_never_emptied"),
        ]
