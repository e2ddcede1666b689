"""What residents answered, and how many answers came from one place."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.days import PartOfWeek
from diedie_edu.common.references import EMPTY, MOVE, On
from diedie_edu.people.models import Resident, Topic
from diedie_edu.people.rules.ages import AgeBand
from residents_school.models.surveys import Survey, TeachingForm


class Burst(models.Model):
    """What came without a name from one network within one hour of the clock. Where it is much, it
    may be one person's, or a full hall's on one Wi-Fi: staff say whether it counts.

    `key` is a keyed hash of the network, another one in each survey and in each hour.
    """

    belongs = Always("residents-school")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="bursts")
    key = models.CharField(max_length=64)
    since = models.DateTimeField(_("since"))
    left_out_at = models.DateTimeField(_("left out at"), null=True)
    left_out_by = by_whom(_("left out by"))

    class Meta:
        verbose_name = _("burst of answers")
        verbose_name_plural = _("bursts of answers")
        constraints = [
            models.UniqueConstraint(fields=["survey", "key"], name="burst_of_a_network_once")
        ]


class Answer(models.Model):
    """One person's answer to a survey: of a resident who signed in, or of nobody known.

    `key` makes repeating a post harmless where nobody is known: a keyed hash of the browser's
    own number, or of the number that a form for sheets of paper carries. It differs from survey
    to survey, so that no two answers can be told to be of one person.
    """

    belongs = Always("residents-school")

    class Source(models.TextChoices):
        ONLINE = "online", _("online")
        PAPER = "paper", _("on paper")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    resident = models.ForeignKey(
        Resident,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        related_name="answers",
        verbose_name=_("resident"),
    )
    key = models.CharField(max_length=64, blank=True)
    burst = models.ForeignKey(Burst, models.SET_NULL, null=True, related_name="answers")
    source = models.CharField(_("how it came in"), max_length=8, choices=Source)
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, blank=True)
    forms = ArrayField(
        models.CharField(max_length=20, choices=TeachingForm), default=list, blank=True
    )
    times = ArrayField(
        models.CharField(max_length=20, choices=PartOfWeek), default=list, blank=True
    )
    topics = models.ManyToManyField(Topic, through="AnswerTopic", related_name="answers")
    other_topic = models.CharField(_("another topic"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("answered at"))
    entered_by = by_whom(_("entered by"))

    class Meta:
        verbose_name = pgettext_lazy("of a survey", "answer")
        verbose_name_plural = _("answers")
        indexes = [models.Index(fields=["answered_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "resident"],
                condition=Q(resident__isnull=False),
                name="resident_answers_once",
            ),
            models.UniqueConstraint(
                fields=["survey", "key"], condition=~Q(key=""), name="answer_key_once"
            ),
            models.CheckConstraint(
                condition=Q(resident=None) | Q(key="", source="online"),
                name="known_answer_needs_no_key_and_no_paper",
            ),
            models.CheckConstraint(
                condition=Q(burst=None) | Q(resident=None, source="online"),
                name="only_answers_without_a_name_come_in_bursts",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["online", "paper"]), name="answer_source_is_known"
            ),
            models.CheckConstraint(
                condition=Q(age_band__in=["", *AgeBand.values]), name="answer_age_is_known"
            ),
            models.CheckConstraint(
                condition=Q(forms__contained_by=TeachingForm.values),
                name="answer_forms_are_known",
            ),
            models.CheckConstraint(
                condition=Q(times__contained_by=PartOfWeek.values),
                name="answer_times_are_known",
            ),
        ]

    @property
    def wanted(self) -> list[str]:
        """Titles of its topics and the one that was typed; lists prefetch `picks`."""
        listed = [pick.topic.title for pick in self.picks.all()]
        return [*listed, self.other_topic] if self.other_topic else listed

    @property
    def form_labels(self) -> list[str]:
        return [str(form.label) for form in TeachingForm if form in self.forms]

    @property
    def time_labels(self) -> list[str]:
        return [str(part.label) for part in PartOfWeek if part in self.times]


class AnswerTopic(models.Model):
    """A topic that an answer names."""

    belongs = Always("residents-school")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="picks")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="picks", verbose_name=_("topic"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "topic"], name="topic_answered_once")
        ]
