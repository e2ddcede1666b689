"""What residents are asked, and what they may answer."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.days import PartOfWeek
from diedie_edu.people.models import Topic


class TeachingForm(models.TextChoices):
    """Plan 三(一)1: besides the content people are asked which form of teaching suits them."""

    LECTURE = "lecture", _("listening to a lecture")
    HANDS_ON = "hands_on", _("doing it with one's own hands")
    SMALL_GROUP = "small_group", _("a small group")
    OUTING = "outing", _("going out to see it")
    ONLINE = "online", _("on the phone at home")


def all_forms() -> list[str]:
    return list(TeachingForm.values)


def all_times() -> list[str]:
    return list(PartOfWeek.values)


class Survey(models.Model):
    """Plan 三(一)1: asking what residents urgently want to learn, and in which form.

    It takes answers from its first to its last day, once it is published. Sheets of paper may
    be entered until its results are out; from then on nothing changes any more.
    """

    belongs = Always("residents-school")
    title = models.CharField(_("title of the survey"), max_length=60)
    introduction = models.TextField(_("why we ask"), blank=True)
    audience = models.CharField(
        pgettext_lazy("a survey", "who is asked"), max_length=80, blank=True
    )
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    forms = ArrayField(
        models.CharField(max_length=20, choices=TeachingForm),
        default=all_forms,
        verbose_name=_("forms of teaching to choose from"),
    )
    times = ArrayField(
        models.CharField(max_length=20, choices=PartOfWeek),
        default=all_times,
        verbose_name=_("times to choose from"),
    )
    topics = models.ManyToManyField(
        Topic, through="SurveyTopic", related_name="surveys", verbose_name=_("topics offered")
    )
    is_published = models.BooleanField(_("published"), default=False)
    deleted_at = models.DateTimeField(_("put away at"), null=True, editable=False)
    results_at = models.DateTimeField(_("results published at"), null=True, editable=False)
    created_by = by_whom(editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="survey_has_a_title"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(forms__contained_by=TeachingForm.values) & ~Q(forms=[]),
                name="survey_offers_known_forms",
            ),
            models.CheckConstraint(
                condition=Q(times__contained_by=PartOfWeek.values) & ~Q(times=[]),
                name="survey_offers_known_times",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(is_published=False),
                name="only_drafts_of_surveys_are_put_away",
            ),
            models.CheckConstraint(
                condition=Q(results_at=None) | Q(is_published=True),
                name="results_are_of_a_published_survey",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_running(self, today: date) -> bool:
        """Whether residents can answer it."""
        return self.is_published and self.opens_on <= today <= self.closes_on

    def is_over(self, today: date) -> bool:
        return self.is_published and today > self.closes_on

    @property
    def has_results(self) -> bool:
        """Whether its results are out, for everybody."""
        return self.results_at is not None


class SurveyTopic(models.Model):
    """A topic offered by a survey, under the number it has on the sheet of paper.

    A number stays with its topic: topics added later come behind.
    """

    belongs = Always("residents-school")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="offers")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="offers", verbose_name=_("topic"))
    number = models.PositiveSmallIntegerField(_("number on paper"))

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "topic"], name="topic_offered_once"),
            models.UniqueConstraint(fields=["survey", "number"], name="topic_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="topic_number_from_one"),
        ]
