"""The four programmes: what they aim at, who leads them, which duties they carry."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.common.bilingual import Bilingual, Section, in_language, sections_of
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.references import EMPTY, KEEP, MOVE, On


class Programme(Bilingual):
    belongs = Along("slug")
    slug = models.SlugField(_("short name for addresses"), unique=True)
    summary_zh = models.TextField(_("in a sentence, Chinese"))
    summary_en = models.TextField(_("in a sentence, English"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["position"]

    @property
    def summary(self) -> str:
        return in_language(self.summary_zh, self.summary_en)


class Statement(models.Model):
    """An aim, principle or arrangement of a programme, with the clause it comes from."""

    belongs = Along("programme__slug")

    class Kind(models.TextChoices):
        AIM = "aim", _("aim")
        PRINCIPLE = "principle", _("principle")
        ARRANGEMENT = "arrangement", _("arrangement")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="statements")
    kind = models.CharField(_("kind of statement"), max_length=12, choices=Kind)
    clause = models.CharField(_("clause of the plan"), max_length=20)
    text_zh = models.TextField(_("text, Chinese"))
    text_en = models.TextField(_("text, English"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["programme", "kind", "position"]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)


class Lead(models.Model):
    """A post: somebody the plan names as responsible. One person may hold several posts."""

    belongs = Along("programme__slug")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="leads")
    full_name = models.CharField(_("full name"), max_length=50)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("programme lead")
        verbose_name_plural = _("programme leads")
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "full_name"], name="lead_once"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Responsibility(models.Model):
    """One duty of one programme: the plan's duties differ, so the matrix is data."""

    belongs = Along("programme__slug")

    class Work(models.TextChoices):
        LIAISON = "liaison", _("liaison and coordination")
        BUDGET = "budget", _("budget")
        PLAN = "plan", _("work plan")
        RULES = "rules", _("working rules")
        CARRY_OUT = "carry_out", _("organising and carrying out")
        MONITOR = "monitor", _("monitoring")
        PUBLICITY = "publicity", _("publicity")
        CAMPAIGN = "campaign", _("publicity campaigns")
        SUMMARY = "summary", _("summary report")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="responsibilities")
    work = models.CharField(_("work"), max_length=12, choices=Work)
    note_zh = models.CharField(_("with whom or when, Chinese"), max_length=80, blank=True)
    note_en = models.CharField(_("with whom or when, English"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["programme", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "work"], name="responsibility_once"),
        ]

    def __str__(self) -> str:
        return self.get_work_display()

    @property
    def note(self) -> str:
        return in_language(self.note_zh, self.note_en)


# What the office has approved stands in its tables, a floor above.
APPROVED = (
    Guard(
        name="rules_in_force_were_approved",
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.withdrawn_at IS NULL AND NEW.approved_as IS NOT NULL"),
        missing="""
            FROM office_version v JOIN office_document d ON d.id = v.document_id
            JOIN programmes_programme p ON p.slug = d.programme
            WHERE v.id = NEW.approved_as AND v.state IN ('approved', 'superseded')
            AND d.work = 'rules' AND p.id = NEW.programme_id
        """,
        message="Only what was approved is in force.",
    ),
    Guard(
        name="rules_come_from_the_office",
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.approved_as IS NULL"),
        found="""
            FROM programmes_ruleversion
            WHERE programme_id = NEW.programme_id AND approved_as IS NOT NULL
        """,
        message="The rules of this programme are approved in the programme office.",
    ),
    Stays(
        name="approved_rules_stay_approved_as_they_were",
        condition=pgtrigger.Condition(
            "OLD.approved_as IS NOT NULL AND OLD.approved_as IS DISTINCT FROM NEW.approved_as"
            " OR OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL"
        ),
        message="What was approved, or withdrawn, stays so.",
    ),
)


class RuleVersion(models.Model):
    """工作制度: a version of a programme's working rules. Once confirmed, it is never changed.

    It holds from `in_force_from` until a later one does, and has no end of its own. It comes from
    the programme office: `approved_as` is the number of the approved version there, and None for
    what was in force before the office kept the rules. Where that approval is withdrawn it holds no
    longer. Whoever is asked to confirm it is asked by `confirm_by`, last on `asked_on`.
    """

    belongs = Along("programme__slug")
    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="rule_versions", verbose_name=_("programme")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    text_zh = models.TextField(
        _("text, Chinese"),
        help_text=_('Paragraphs stand apart by an empty line; "# " begins a heading.'),
    )
    text_en = models.TextField(_("text, English"), blank=True)
    in_force_from = models.DateTimeField(_("in force from"))
    confirm_by = models.DateField(_("to be confirmed by"), null=True, editable=False)
    approved_as = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    asked_on = models.DateField(_("last asked on"), null=True, editable=False)

    class Meta:
        verbose_name = pgettext_lazy("of a programme", "working rules")
        verbose_name_plural = pgettext_lazy("of a programme", "working rules")
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="rule_version_once"),
            models.CheckConstraint(
                condition=Q(number__gt=0) & ~Q(text_zh=""), name="rule_version_has_a_text"
            ),
        ]
        triggers = [
            Guard(
                name="rules_once_confirmed_stay_as_they_were",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["approved_as", "withdrawn_at", "asked_on"]),
                found="FROM programmes_ruleconfirmation WHERE version_id = OLD.id",
                message="Somebody has confirmed these rules. Write a new version.",
            ),
            *APPROVED,
            NeverEmptied(name="working_rules_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"

    @property
    def sections(self) -> list[Section]:
        """The text in the reader's language."""
        return sections_of(in_language(self.text_zh, self.text_en))


class RuleConfirmation(models.Model):
    """Somebody has read a version of the working rules and keeps to it."""

    belongs = Along("version__programme__slug")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        On(erased=KEEP, merged=KEEP),
        related_name="rule_confirmations",
    )
    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="confirmations")
    at = models.DateTimeField(_("confirmed at"))

    class Meta:
        verbose_name = _("confirmation of the rules")
        verbose_name_plural = _("confirmations of the rules")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "version"], name="rules_confirmed_once"),
        ]
        triggers = [
            Guard(
                name="withdrawn_rules_are_not_confirmed",
                operation=pgtrigger.Insert,
                found="""
                    FROM programmes_ruleversion
                    WHERE id = NEW.version_id AND withdrawn_at IS NOT NULL
                """,
                message="The approval of these rules was withdrawn.",
            ),
        ]
