"""How studies and work go: asked by a link, answered by those who know."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.people.models import Organisation
from edu_base.models.applications import Application
from edu_base.models.schemes import PROGRAMME


class StudyQuestion(models.Model):
    """One question to one student: each September, and 6 and 12 months after graduating.

    `times_asked` counts the first message and two reminders; whoever has not answered then is rung
    up, and `answered_by` is who noted what they said; it is empty where they tapped themselves.
    `work` and `graduated_on` belong to the answer "graduated".
    """

    belongs = Always(PROGRAMME)

    class Occasion(models.TextChoices):
        SEPTEMBER = "september", pgettext_lazy("a question", "each September")
        HALF_YEAR = "half_year", pgettext_lazy("a question", "6 months after graduating")
        YEAR = "year", pgettext_lazy("a question", "12 months after graduating")

    class Answer(models.TextChoices):
        STUDYING = "studying", pgettext_lazy("an answer", "I am studying")
        PAUSED = "paused", pgettext_lazy("an answer", "I am taking a break")
        LEFT = "left", pgettext_lazy("an answer", "I have left the college")
        GRADUATED = "graduated", pgettext_lazy("an answer", "I have graduated")

    class Work(models.TextChoices):
        HERE = "here", pgettext_lazy("an answer", "in an enterprise of the community")
        ELSEWHERE = "elsewhere", pgettext_lazy("an answer", "somewhere else")
        NOT_YET = "not_yet", pgettext_lazy("an answer", "no work yet")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="questions", verbose_name=_("application")
    )
    occasion = models.CharField(_("when it is asked"), max_length=9, choices=Occasion)
    due_on = models.DateField(_("asked on"))
    times_asked = models.PositiveSmallIntegerField(default=0, editable=False)
    last_asked_at = models.DateTimeField(_("last asked at"), null=True, editable=False)
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = by_whom(_("heard on the telephone by"), blank=True)
    graduated_on = models.DateField(_("graduated on"), null=True, blank=True)
    work = models.CharField(_("work"), max_length=9, choices=Work, blank=True)
    employer = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("enterprise"),
    )

    class Meta:
        verbose_name = _("question to a student")
        verbose_name_plural = _("questions to students")
        ordering = ["-due_on", "id"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(answer=""), name="questions_unanswered"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "occasion", "due_on"], name="study_question_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="study_answer_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(answer="graduated", graduated_on__isnull=False)
                | ~Q(answer="graduated") & Q(graduated_on=None, work=""),
                name="work_is_asked_of_graduates",
            ),
            models.CheckConstraint(
                condition=Q(employer=None) | Q(work="here"), name="employer_of_a_graduate_is_here"
            ),
            models.CheckConstraint(
                condition=Q(times_asked=0, last_asked_at=None)
                | Q(times_asked__range=(1, 3), last_asked_at__isnull=False),
                name="study_question_is_asked_three_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} · {self.due_on}"
