"""Where and when: rooms, who holds them, and the days that are not as the calendar says."""

from datetime import date, datetime, time, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.calendar import SpecialDayKind
from diedie_edu.common.days import WEEKDAYS, moment
from diedie_edu.common.ranges import TsTzRange


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


class Booking(models.Model):
    """预订: a venue is held from `starts_at` to `ends_at` (half-open) for a `purpose`.

    The one row that says a room is taken, whoever holds it: an occasion takes venue, times and
    `is_off` from it by a key of five columns. No two live ones of a venue overlap when a statement
    ends, so one UPDATE may move a whole series. `actions.bookings` alone writes it.
    """

    belongs = SHARED
    venue = models.ForeignKey(
        Venue, models.PROTECT, related_name="bookings", verbose_name=_("venue")
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    purpose = models.CharField(_("what for"), max_length=80)
    is_off = models.BooleanField(_("called off"), default=False)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_its_start"
            ),
            # What the key of occasions refers to.
            models.UniqueConstraint(
                fields=["id", "venue", "starts_at", "ends_at", "is_off"],
                name="booking_with_its_times",
            ),
            ExclusionConstraint(
                name="venue_holds_one_booking",
                expressions=[
                    ("venue", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_off=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class SpecialDay(models.Model):
    """A day that staff set over the public calendar: announced late, or closed by a typhoon.

    `decided_at` is when somebody decided of what is planned on it; of days that came in by a list
    nobody has.
    """

    belongs = SHARED
    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind of day"), max_length=8, choices=SpecialDayKind)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = by_whom(_("decided by"), editable=False)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
