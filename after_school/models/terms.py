"""When and where the 4:30 school is held: terms, their breaks and their zones."""

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity
from diedie_edu.common.belonging import Along
from diedie_edu.common.keys import CompositeKey
from diedie_edu.venues.models import Venue


class Weekday(models.IntegerChoices):
    """Plan 四(二): the school is open Mondays to Fridays. Numbers as ISO counts them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")


class Term(Activity):
    """Plan 四(二): a term; what a guardian enrols a child in. Its seats are those of its zones.

    Facts 3: whoever works there is close to children, so no term goes without `needs_clearance`.
    """

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    starts = models.TimeField(_("begins at"), default=time(16, 30))
    ends = models.TimeField(_("ends at"), default=time(19, 0))
    has_children = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(condition=Q(has_children=True), name="term_has_children"),
            CompositeKey(
                name="term_needs_checked_people",
                fields=["activity_ptr", "has_children"],
                to="activities.Activity",
                to_fields=["id", "needs_clearance"],
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="term_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="term_day_ends_after_it_begins"
            ),
        ]


class SchoolBreak(models.Model):
    """Days within a term on which schools are closed; staff enter them."""

    belongs = Along("term__programme__slug")
    term = models.ForeignKey(Term, models.CASCADE, related_name="breaks", verbose_name=_("term"))
    title = models.CharField(_("name of the break"), max_length=40)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("school break")
        verbose_name_plural = _("school breaks")
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="break_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Zone(models.Model):
    """Plan 四(一): the homework zone 课业辅导区 or the activity zone 综合活动区 of a term."""

    belongs = Along("term__programme__slug")

    class Kind(models.TextChoices):
        HOMEWORK = "homework", _("homework zone")
        ACTIVITIES = "activities", _("activity zone")

    term = models.ForeignKey(Term, models.CASCADE, related_name="zones", verbose_name=_("term"))
    kind = models.CharField(_("zone"), max_length=10, choices=Kind)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="zones", verbose_name=_("room"))
    places = models.PositiveSmallIntegerField(_("places for children"))

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["term", "id"]
        constraints = [
            models.UniqueConstraint(fields=["term", "kind"], name="zone_once_in_a_term"),
            models.UniqueConstraint(
                fields=["term", "venue"],
                name="room_holds_one_zone",
                deferrable=models.Deferrable.IMMEDIATE,  # two zones change rooms in one statement
            ),
            # What composite foreign keys point at: whoever names a zone names its term.
            models.UniqueConstraint(fields=["id", "term"], name="zone_with_its_term"),
            models.CheckConstraint(
                condition=Q(kind__in=["homework", "activities"]), name="zone_is_known"
            ),
            models.CheckConstraint(condition=Q(places__gt=0), name="zone_has_places"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
