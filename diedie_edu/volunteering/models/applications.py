"""Residents who want to serve."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.days import PartOfWeek
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.people.models import Resident, Topic, VolunteerKind


class VolunteerApplication(models.Model):
    """Plan 三(二), 四(一): somebody wants to serve, and tells as what; staff decide.

    It is the person's one and only: whoever asks again writes over it. A yes makes the volunteer.
    """

    belongs = SHARED
    resident = models.OneToOneField(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="volunteer_application",
        verbose_name=_("resident"),
    )
    kinds = ArrayField(
        models.CharField(max_length=20, choices=VolunteerKind),
        verbose_name=_("volunteer kinds"),
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="+", verbose_name=_("skills by topic")
    )
    introduction = models.TextField(_("introduction"), max_length=500, blank=True)
    free_times = ArrayField(
        models.CharField(max_length=20, choices=PartOfWeek),
        default=list,
        blank=True,
        verbose_name=_("usually free"),
    )

    class Meta:
        verbose_name = _("wish to serve as a volunteer")
        verbose_name_plural = _("wishes to serve as volunteers")
        constraints = [
            models.CheckConstraint(
                condition=Q(kinds__contained_by=VolunteerKind.values) & ~Q(kinds=[]),
                name="wish_to_serve_names_known_kinds",
            ),
            models.CheckConstraint(
                condition=Q(free_times__contained_by=PartOfWeek.values),
                name="free_times_of_a_wish_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
