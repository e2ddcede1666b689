"""A guardian's consent: without one, nothing of a child under 14 is in the register."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.common.bilingual import in_language
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied
from diedie_edu.common.manifests import programme_choices
from diedie_edu.common.references import KEEP, MOVE, On
from diedie_edu.people.models.residents import Resident


class ConsentText(models.Model):
    """A version of what guardians are asked. Once somebody has agreed to it, it is never changed.

    PIPL art. 17, 30, 31 and the children's rules of 2019, art. 9 and 10, say what it must tell.
    """

    belongs = Along("programme")
    programme = models.SlugField(_("programme"), choices=programme_choices)
    version = models.CharField(_("version"), max_length=20)
    purpose_zh = models.TextField(_("what for, Chinese"))
    purpose_en = models.TextField(_("what for, English"), blank=True)
    scope_zh = models.TextField(_("which data, Chinese"))
    scope_en = models.TextField(_("which data, English"), blank=True)
    keeping_zh = models.TextField(_("where and how long they are kept, Chinese"))
    keeping_en = models.TextField(_("where and how long they are kept, English"), blank=True)
    rights_zh = models.TextField(_("how to see, correct and withdraw, Chinese"))
    rights_en = models.TextField(_("how to see, correct and withdraw, English"), blank=True)
    refusal_zh = models.TextField(_("what refusing means, Chinese"))
    refusal_en = models.TextField(_("what refusing means, English"), blank=True)
    complaints_zh = models.TextField(_("where to complain, Chinese"))
    complaints_en = models.TextField(_("where to complain, English"), blank=True)
    valid_days = models.PositiveSmallIntegerField(
        _("days that a consent holds"), help_text=_("The guardian is asked anew before.")
    )
    erase_days = models.PositiveSmallIntegerField(
        _("days until erasure"), help_text=_("Counted from the end of the consent.")
    )
    in_force_from = models.DateTimeField(_("in force from"))
    ask_until = models.DateField(
        _("guardians are asked until"),
        null=True,
        blank=True,
        help_text=_(
            "Who agreed to an older text is asked for this one until then, and the older consent "
            "ends on that day. Left empty: each is asked when the own consent runs out."
        ),
    )

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["programme", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="consent_text_once"),
            models.CheckConstraint(
                condition=~Q(purpose_zh="")
                & ~Q(scope_zh="")
                & ~Q(keeping_zh="")
                & ~Q(rights_zh="")
                & ~Q(refusal_zh="")
                & ~Q(complaints_zh=""),
                name="consent_text_tells_all_that_the_law_asks",
            ),
            models.CheckConstraint(
                condition=Q(valid_days__gte=1, valid_days__lte=1100),
                name="consent_holds_three_years_at_most",
            ),
            models.CheckConstraint(
                condition=Q(erase_days__gte=1, erase_days__lte=60),
                name="erasure_follows_within_two_months",
            ),
        ]
        triggers = [
            Guard(
                name="a_text_agreed_to_stays_as_it_was",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                found="FROM people_consent WHERE text_id = OLD.id",
                message="Somebody has agreed to this text. Write a new version.",
            ),
            NeverEmptied(name="consent_texts_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.get_programme_display()} {self.version}"

    @property
    def purpose(self) -> str:
        return in_language(self.purpose_zh, self.purpose_en)

    @property
    def scope(self) -> str:
        return in_language(self.scope_zh, self.scope_en)

    @property
    def keeping(self) -> str:
        return in_language(self.keeping_zh, self.keeping_en)

    @property
    def rights(self) -> str:
        return in_language(self.rights_zh, self.rights_en)

    @property
    def refusal(self) -> str:
        return in_language(self.refusal_zh, self.refusal_en)

    @property
    def complaints(self) -> str:
        return in_language(self.complaints_zh, self.complaints_en)


class Consent(models.Model):
    """Who agreed for which child to which text, when and how, and how it ended.

    It lives while it has not ended and its last day has not passed. The row stays after the
    child is erased: `child` is an empty row then, and `child_hash`
    (`people.actions.consents.child_hash`) answers a guardian who comes back with the child's name
    and date of birth.
    """

    belongs = Along("text__programme")

    class Way(models.TextChoices):
        ONLINE = "online", _("on the portal")
        PAPER = "paper", _("on paper")

    class Ending(models.TextChoices):
        WITHDRAWN_ONLINE = "online", _("withdrawn on the portal")
        WITHDRAWN_ON_PAPER = "paper", _("withdrawn on paper or in person")
        RAN_OUT = "ran_out", _("ran out")
        REPLACED = "replaced", _("replaced by a newer one")
        RIGHT_ENDED = "right", _("whoever gave it decides no more")

    child = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=MOVE),
        related_name="consents",
        verbose_name=_("child"),
    )
    child_hash = models.CharField(max_length=70, editable=False)
    guardian = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=MOVE),
        related_name="consents_given",
        verbose_name=_("guardian"),
    )
    text = models.ForeignKey(
        ConsentText, models.PROTECT, related_name="consents", verbose_name=_("consent text")
    )
    given_at = models.DateTimeField(_("given at"))
    valid_until = models.DateField(_("last day"))
    way = models.CharField(pgettext_lazy("a consent", "given"), max_length=8, choices=Way)
    paper_reference = models.CharField(_("where the signed paper lies"), max_length=60, blank=True)
    recorded_by = by_whom(_("recorded by"), null=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=8, choices=Ending, blank=True)
    ended_by = by_whom(_("ended by"), blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "guardian", "text"],
                condition=Q(ended_at=None),
                name="one_live_consent_of_a_guardian",
            ),
            models.CheckConstraint(
                condition=~Q(child=F("guardian")), name="nobody_consents_for_themselves"
            ),
            # Neither a name nor an empty text can stand where a hash belongs.
            models.CheckConstraint(
                condition=Q(child_hash__regex="^[0-9]+:[0-9a-f]{64}$"),
                name="consent_keeps_only_a_hash_of_the_child",
            ),
            models.CheckConstraint(
                condition=Q(way="online", paper_reference="")
                | (Q(way="paper") & ~Q(paper_reference="")),
                name="paper_consent_tells_where_the_paper_lies",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", ended_by=None)
                | Q(
                    ended_at__gte=F("given_at"), ending__in=["online", "paper", "replaced", "right"]
                )
                | Q(ended_at__gte=F("given_at"), ending="ran_out", ended_by=None),
                name="consent_ends_in_one_way_after_it_was_given",
            ),
        ]
        triggers = [
            Guard(
                name="child_keeps_a_live_consent",
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="PERFORM people_check_child(OLD.child_id); RETURN NULL;",
                constraint="child_has_a_live_consent",
            ),
            Guard(
                name="consent_is_given_by_a_guardian",
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                missing="""
                FROM people_guardianship bond JOIN people_resident child ON child.id = bond.child_id
                WHERE bond.guardian_id = NEW.guardian_id AND bond.child_id = NEW.child_id
                  AND child.erased_at IS NULL
                """,
                message="Only a guardian of the child can consent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} · {self.child_id}"

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None
