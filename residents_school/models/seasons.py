"""A series of lectures: planned together, each still a lecture of its own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom

LONGEST = 53  # weeks: a year, however it falls


class WeekendDay(models.IntegerChoices):
    """Plan 三(二): lectures are held on Saturdays and Sundays. Numbers as ISO counts them."""

    SATURDAY = 6, _("every Saturday")
    SUNDAY = 7, _("every Sunday")


class OnClash(models.TextChoices):
    """What becomes of a day that cannot be held as planned."""

    LEAVE_OUT = "leave_out", _("leave the day out")
    MOVE = "move", _("move to the next free lecture day")
    OTHER_VENUE = "other_venue", _("take another room that is free")


class LectureSeries(models.Model):
    """What was planned together, and by which rule. Its lectures go on living by themselves."""

    belongs = Always("residents-school")
    title = models.CharField(_("title of the series"), max_length=80)
    first_day = models.DateField(_("first day"))
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=WeekendDay), verbose_name=_("days of the week")
    )
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    starts = models.TimeField(_("begins at"))
    ends = models.TimeField(_("ends at"))
    on_clash = models.CharField(_("where a day is not free"), max_length=12, choices=OnClash)
    created_by = by_whom(_("entered by"), editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("series of lectures")
        verbose_name_plural = _("series of lectures")
        ordering = ["-first_day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=WeekendDay.values) & ~Q(weekdays=[]),
                name="series_falls_on_weekends",
            ),
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=LONGEST), name="series_lasts_a_year_at_most"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="series_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(on_clash__in=OnClash.values), name="series_clash_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title
