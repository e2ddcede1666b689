"""Volunteers: residents who serve, with their kinds and skills."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.days import PartOfWeek
from diedie_edu.common.references import KEEP, MOVE, On
from diedie_edu.people.models.residents import Resident
from diedie_edu.people.models.topics import Topic


class VolunteerKind(models.TextChoices):
    """Plan 三(二), 四(一): the kinds are named there and must be selectable and counted."""

    EXPERT = "expert", _("expert volunteer")
    LECTURER = "lecturer", _("lecturers' team")
    STUDENT_PARTY = "student_party", _("student party member")
    RETIRED_PARTY = "retired_party", _("retired party member")
    COMMUNITY = "community", _("community volunteer")


class Volunteer(models.Model):
    """A person's service; one person may be of several kinds.

    Of whoever is erased the row stays without a word where hours hang on it: they are figures.
    """

    belongs = SHARED
    resident = models.OneToOneField(
        Resident,
        On(erased=KEEP, merged=MOVE),
        related_name="volunteer",
        verbose_name=_("resident"),
    )
    kinds = ArrayField(
        models.CharField(max_length=20, choices=VolunteerKind),
        verbose_name=_("volunteer kinds"),
    )
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Shown with the lectures they give.")
    )
    free_times = ArrayField(
        models.CharField(max_length=20, choices=PartOfWeek),
        default=list,
        blank=True,
        verbose_name=_("usually free"),
    )
    is_active = models.BooleanField(_("serves at present"), default=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    topics = models.ManyToManyField(
        Topic,
        through="Skill",
        related_name="volunteers",
        verbose_name=_("skills by topic"),
    )

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        ordering = ["resident__sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kinds__contained_by=VolunteerKind.values),
                name="volunteer_kinds_are_known",
            ),
            models.CheckConstraint(condition=~Q(kinds=[]), name="volunteer_has_a_kind"),
            models.CheckConstraint(
                condition=Q(free_times__contained_by=PartOfWeek.values),
                name="volunteer_free_times_are_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.resident)

    @property
    def kind_labels(self) -> list[str]:
        return [str(VolunteerKind(kind).label) for kind in self.kinds]

    @property
    def free_time_labels(self) -> list[str]:
        """In the order of the week, however they were entered."""
        return [str(part.label) for part in PartOfWeek if part in self.free_times]


class Skill(models.Model):
    """A topic that a volunteer can teach."""

    belongs = SHARED
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="skills")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="skills", verbose_name=_("topic"))

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = [models.UniqueConstraint(fields=["volunteer", "topic"], name="skill_once")]

    def __str__(self) -> str:
        return str(self.topic)
