"""What a programme owes: one document of a work for a period, and who had a hand in it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.manifests import programme_choices, programmes
from diedie_edu.common.references import KEEP, MOVE, On
from diedie_edu.programmes.models import Responsibility

Work = Responsibility.Work
# The duties of the plan that are fulfilled by a written document (facts 1, the matrix).
WRITTEN = (Work.BUDGET, Work.PLAN, Work.RULES, Work.PUBLICITY, Work.SUMMARY)
TITLES = {
    str(Work.BUDGET): _("Budget"),
    str(Work.PLAN): _("Work plan"),
    str(Work.RULES): _("Working rules"),
    str(Work.PUBLICITY): _("Plan of publicity"),
    str(Work.SUMMARY): _("Summary report"),
}


class Document(models.Model):
    """预算, 计划, 制度, 宣传, 总结: one document of a programme for a period, both days included.

    It stands for being owed, from the day on which its year was opened; what is written in it are
    its versions. A programme that does not owe one has no row.
    """

    belongs = Along("programme")
    programme = models.SlugField(_("programme"), choices=programme_choices)
    work = models.CharField(_("work"), max_length=12, choices=Work)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    due_on = models.DateField(_("due on"))

    class Meta:
        verbose_name = _("document of the office")
        verbose_name_plural = _("documents of the office")
        ordering = ["-first_day", "programme", "work", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "work", "first_day", "last_day"],
                name="document_once_for_a_period",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="period_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(work__in=["budget", "plan", "rules", "publicity", "summary"]),
                name="work_of_a_document_is_a_written_one",
            ),
        ]
        triggers = [
            Stays(
                name="what_a_document_is_about_stays",
                condition=pgtrigger.AnyChange("programme", "work", "first_day", "last_day"),
                message="Another programme, work or period is another document.",
            ),
            NeverEmptied(name="documents_are_never_emptied"),
        ]

    def __str__(self) -> str:
        words = {"programme": self.programme_title, "period": self.period, "title": self.title}
        return gettext("%(programme)s, %(title)s %(period)s") % words

    @property
    def title(self) -> str:
        """What it is called, where the work is called by what somebody does."""
        return str(TITLES[self.work])

    @property
    def programme_title(self) -> str:
        return str(programmes()[self.programme].title)

    @property
    def year(self) -> int:
        return self.first_day.year

    @property
    def period(self) -> str:
        """A whole year by its number, anything else by its days."""
        if (self.last_day - self.first_day).days >= 364 and self.first_day.month == 1:
            return pgettext("a period", "%(year)s") % {"year": self.year}
        return f"{self.first_day:%Y-%m-%d} – {self.last_day:%Y-%m-%d}"


class Author(models.Model):
    """Somebody who changed a version of a document, submitted it or entered its spending, and who
    therefore never approves it, nor lends the right to do so."""

    belongs = Along("document__programme")
    document = models.ForeignKey(Document, models.CASCADE, related_name="authors")
    account = by_whom(_("account"), On(erased=KEEP, merged=MOVE), null=False)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("author of a document")
        verbose_name_plural = _("authors of a document")
        ordering = ["document", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "account"], name="author_once"),
        ]
        triggers = [
            Stays(
                name="an_author_stays_one",
                operation=pgtrigger.Delete,
                message="Whoever had a hand in a document stays its author.",
            ),
        ]
