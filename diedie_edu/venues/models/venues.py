"""Rooms and squares, and when they are open."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.days import WEEKDAYS, moment


class Venue(Bilingual):
    """A room or square; no two live bookings hold it at the same time."""

    belongs = SHARED
    places = models.PositiveIntegerField(_("places"))
    address = models.CharField(_("address"), max_length=120, blank=True)
    is_open = models.BooleanField(_("can be booked"), default=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["title_zh"], name="venue_once"),
            models.CheckConstraint(condition=Q(places__gt=0), name="venue_has_places"),
        ]


class OpeningHours(models.Model):
    """开放时间: when a venue is used on one day of the week, as ISO counts them.

    A venue without any is always open; with some, it is closed on the days that have none. 00:00
    as the end means midnight.
    """

    belongs = SHARED
    venue = models.ForeignKey(
        Venue, models.CASCADE, related_name="opening_hours", verbose_name=_("venue")
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=list(enumerate(WEEKDAYS, start=1))
    )
    opens = models.TimeField(_("opens at"))
    closes = models.TimeField(_("closes at"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["venue", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=7), name="opening_hours_are_of_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes=time.min),
                name="opening_hours_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Both ends on a day of this weekday."""
        last = day if self.closes > self.opens else day + timedelta(days=1)
        return moment(day, self.opens), moment(last, self.closes)


class ClosedTime(models.Model):
    """停用时段: a venue cannot be used from `starts_at` to `ends_at`; what stands there stays."""

    belongs = SHARED
    venue = models.ForeignKey(
        Venue, models.CASCADE, related_name="closed_times", verbose_name=_("venue")
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    reason = models.CharField(_("reason"), max_length=60)

    class Meta:
        verbose_name = _("closed time")
        verbose_name_plural = _("closed times")
        ordering = ["-starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="closed_time_ends_after_its_start"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="closed_time_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reason
