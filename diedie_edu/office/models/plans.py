"""What of a plan was done without an event, and what the party committee decided for a programme
whose plan and money it makes itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied
from diedie_edu.common.manifests import programme_choices
from diedie_edu.files.models import StoredFile
from diedie_edu.office.models.documents import Document


class Tick(models.Model):
    """Somebody says that a milestone is done; it holds for its line (`key`) in every version."""

    belongs = Along("document__programme")
    document = models.ForeignKey(Document, models.PROTECT, related_name="ticks")
    key = models.UUIDField(editable=False)
    done_on = models.DateField(_("done on"))
    by = by_whom(_("by whom"), null=False)

    class Meta:
        verbose_name = _("milestone that is done")
        verbose_name_plural = _("milestones that are done")
        ordering = ["document", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="a_milestone_is_ticked_once"),
        ]


class CommitteePaper(models.Model):
    """党委文件: the plan or the money of a year as the committee handed it down (plan 六).

    What is spent of it is measured against `amount`, in yuan; a plan has none.
    """

    belongs = Along("programme")

    class What(models.TextChoices):
        PLAN = "plan", pgettext_lazy("of the committee", "plan")
        MONEY = "money", pgettext_lazy("of the committee", "money")

    programme = models.SlugField(_("programme"), choices=programme_choices)
    year = models.PositiveSmallIntegerField(_("year"))
    what = models.CharField(_("what it decides"), max_length=5, choices=What)
    title = models.CharField(_("title"), max_length=120)
    number = models.CharField(
        pgettext_lazy("of the committee", "number of the paper"), max_length=60
    )
    issued_on = models.DateField(_("issued on"))
    amount = models.DecimalField(
        _("sum, in yuan"), max_digits=13, decimal_places=2, null=True, blank=True
    )
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    entered_by = by_whom(_("entered by"), null=False, editable=False)
    entered_at = models.DateTimeField(_("entered at"), editable=False)

    class Meta:
        verbose_name = _("paper of the committee")
        verbose_name_plural = _("papers of the committee")
        ordering = ["-year", "programme", "issued_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "what", "number"], name="committee_paper_once"
            ),
            models.CheckConstraint(
                condition=Q(what="plan", amount=None)
                | Q(what="money", amount__isnull=False, amount__gt=0),
                name="money_of_the_committee_has_a_sum",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(number=""), name="committee_paper_is_named"
            ),
        ]
        triggers = [NeverEmptied(name="committee_papers_are_never_emptied")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
