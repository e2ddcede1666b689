"""How applications are marked: by criteria that are fixed before anybody applies."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.sealed import SealedTextField
from edu_base.models.applications import Application
from edu_base.models.reviewers import Reviewer
from edu_base.models.schemes import PROGRAMME, Intake

MOST = 100


class Part(models.TextChoices):
    """What is marked."""

    PAPERS = "papers", pgettext_lazy("what is marked", "application")
    INTERVIEW = "interview", pgettext_lazy("what is marked", "interview")


class Criterion(Bilingual):
    """What a class is marked by, from 0 to 100, and how much that weighs among its criteria.

    Published with the class, and fixed from the day its window opens.
    """

    belongs = Always(PROGRAMME)
    intake = models.ForeignKey(
        Intake,
        models.CASCADE,
        related_name="criteria",
        verbose_name=pgettext_lazy("of students", "class"),
    )
    part = models.CharField(_("what is marked"), max_length=9, choices=Part)
    weight = models.PositiveSmallIntegerField(_("weight"))
    place = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["intake", "-part", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "part", "title_zh"], name="criterion_once_in_a_class"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=MOST), name="criterion_has_a_weight"
            ),
            models.CheckConstraint(
                condition=Q(part__in=Part.values) & ~Q(title_zh=""), name="criterion_says_what"
            ),
        ]
        triggers = [
            # Facts 1 and the house's order of reviewing: known to whoever applies.
            Guard(
                name="weights_are_fixed_once_the_window_opens",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                found="""
                FROM edu_base_intake
                WHERE id IN (NEW.intake_id, OLD.intake_id) AND opens_on <= people_today()
                """,
                message="Criteria and weights are fixed from the day the window opens.",
            ),
        ]


# Past every page of ours: an application is marked by nobody whom it concerns.
CONCERNED = """
FROM edu_base_reviewer r
JOIN people_resident me ON me.account_id = r.account_id
JOIN edu_base_application a ON a.id = NEW.application_id
LEFT JOIN people_resident own ON own.id = a.person_id
WHERE r.id = NEW.reviewer_id AND (
    me.id IN (a.person_id, a.guardian_id)
    OR me.household_id = own.household_id
    OR EXISTS (SELECT FROM people_guardianship g WHERE g.guardian_id = me.id
               AND g.child_id = a.person_id OR g.child_id = me.id AND g.guardian_id = a.person_id)
    OR EXISTS (SELECT FROM edu_base_application mine WHERE mine.person_id = me.id
               AND mine.dwelling_id = a.dwelling_id)
    OR EXISTS (SELECT FROM edu_base_nomination n JOIN edu_base_allotment t ON t.id = n.allotment_id
               JOIN people_organisation o ON o.id = t.enterprise_id
               JOIN accounts_user u ON u.id = r.account_id
               WHERE n.application_id = a.id AND o.phone <> '' AND o.phone IN (u.phone, me.phone)))
"""


class Review(models.Model):
    """What one reviewer gives one application for one part, handed in whole and for good.

    Nobody sees another's before the own is in. Until the ranking the lead may take one back with a
    reason (`taken_back_reason`); it counts no longer, and the reviewer marks anew.
    """

    belongs = Always(PROGRAMME)
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="reviews", verbose_name=_("application")
    )
    reviewer = models.ForeignKey(
        Reviewer, models.PROTECT, related_name="reviews", verbose_name=_("reviewer")
    )
    part = models.CharField(_("what is marked"), max_length=9, choices=Part)
    note = SealedTextField(_("note"), blank=True)
    at = models.DateTimeField(_("at"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by = by_whom(_("taken back by"), blank=True)
    taken_back_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("marks of a reviewer")
        verbose_name_plural = _("marks of reviewers")
        ordering = ["application", "-part", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "part", "reviewer"],
                condition=Q(taken_back_at=None),
                name="a_reviewer_marks_once",
            ),
            models.CheckConstraint(
                condition=Q(part__in=Part.values), name="part_of_a_review_is_known"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_reason="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & ~Q(taken_back_reason=""),
                name="marks_are_taken_back_with_a_reason",
            ),
        ]
        triggers = [
            Guard(
                name="who_marks_has_declared_no_tie",
                operation=pgtrigger.Insert,
                missing="""
                FROM edu_base_reviewer r
                JOIN edu_base_application a ON a.id = NEW.application_id
                JOIN edu_base_declaration d ON d.reviewer_id = r.id AND d.application_id = a.id
                WHERE r.id = NEW.reviewer_id AND r.intake_id = a.intake_id
                  AND r.ended_at IS NULL AND d.tie = 'none'
                """,
                message="Whoever marks is a reviewer of the class who has declared no tie.",
            ),
            Guard(
                name="nobody_marks_what_concerns_them",
                operation=pgtrigger.Insert,
                found=CONCERNED,
                message="Nobody marks an application that concerns them.",
            ),
            Guard(
                name="marks_come_before_the_ranking",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("taken_back_at"),  # type: ignore[no-untyped-call]
                missing="""
                FROM edu_base_application
                WHERE id = NEW.application_id AND (state = 'interviewed'
                    OR state = 'eligible' AND (NEW.part = 'papers' OR TG_OP = 'UPDATE'))
                """,
                message="It is marked after it has come in, and before the ranking.",
            ),
            Guard(
                name="a_review_marks_every_criterion",
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                found="""
                FROM edu_base_criterion c JOIN edu_base_application a ON a.intake_id = c.intake_id
                WHERE a.id = NEW.application_id AND c.part = NEW.part AND NOT EXISTS
                    (SELECT FROM edu_base_score s WHERE s.review_id = NEW.id
                     AND s.criterion_id = c.id)
                """,
                message="Marks are given for every criterion.",
            ),
            Stays(
                name="what_was_handed_in_stays",
                condition=pgtrigger.AnyChange(
                    exclude=["note", "taken_back_at", "taken_back_by", "taken_back_reason"]
                ),
                message="Marks stay as they were handed in.",
            ),
            NeverEmptied(name="reviews_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.reviewer}"


class Score(models.Model):
    """The marks for one criterion."""

    belongs = Always(PROGRAMME)
    review = models.ForeignKey(
        Review, models.CASCADE, related_name="scores", verbose_name=_("marks of a reviewer")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion")
    )
    points = models.PositiveSmallIntegerField(_("marks"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["review", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion"], name="a_criterion_is_marked_once"
            ),
            models.CheckConstraint(condition=Q(points__lte=MOST), name="marks_are_at_most_100"),
        ]
        triggers = [
            Guard(
                name="a_mark_is_of_its_class_and_part",
                operation=pgtrigger.Insert,
                missing="""
                FROM edu_base_review r JOIN edu_base_application a ON a.id = r.application_id
                JOIN edu_base_criterion c ON c.intake_id = a.intake_id AND c.part = r.part
                WHERE r.id = NEW.review_id AND c.id = NEW.criterion_id
                """,
                message="This criterion is of another class or part.",
            ),
            Stays(name="a_mark_stays", message="Marks stay as they were handed in."),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} · {self.points}"
