"""Rooms and squares, and when they are open."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.days import WEEKDAYS, moment
from diedie_edu.common.keys import CompositeKey


class Venue(Bilingual):
    """A room or square, or a part of one; no two live bookings hold the same ground at a time.

    `ground` is the whole that it belongs to, itself where it is one; a part has no parts. Those
    who ask for a room that `needs_approval` hold it while they wait. What stands in it may be
    displaced up to `displace_days` before.
    """

    belongs = SHARED
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="parts",
        null=True,
        blank=True,
        db_constraint=False,
        verbose_name=_("part of"),
    )
    ground = models.GeneratedField(
        expression=Coalesce("part_of", "id"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    places = models.PositiveIntegerField(_("places"))
    address = models.CharField(_("address"), max_length=120, blank=True)
    equipment = models.TextField(
        _("equipment"), max_length=500, blank=True, help_text=_("One thing on each line.")
    )
    is_open = models.BooleanField(_("can be booked"), default=True)
    needs_approval = models.BooleanField(_("requests need a yes"), default=False)
    displace_days = models.PositiveSmallIntegerField(_("displaced up to days before"), default=7)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["title_zh"], name="venue_once"),
            models.CheckConstraint(condition=Q(places__gt=0), name="venue_has_places"),
            models.CheckConstraint(
                condition=~Q(part_of=F("id")), name="venue_is_no_part_of_itself"
            ),
            # What the keys of bookings and of parts refer to.
            models.UniqueConstraint(fields=["id", "ground"], name="venue_with_its_ground"),
            # A whole is its own ground, and that of a part is its whole.
            CompositeKey(
                name="a_part_has_no_parts",
                fields=["part_of", "ground"],
                to="venues.Venue",
                to_fields=["id", "ground"],
            ),
        ]

    @property
    def whole_id(self) -> int:
        """The `ground`, of rows that are not saved as well."""
        return self.part_of_id or self.pk

    def shares_ground_with(self, other: "Venue") -> bool:
        """Whether both cannot be held at a time: the same, or a whole and its part."""
        is_part = self.pk == other.part_of_id or self.part_of_id == other.pk
        return self.pk == other.pk or is_part


class Hours(models.Model):
    """Hours on one day of the week, as ISO counts them; 00:00 as the end means midnight."""

    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=list(enumerate(WEEKDAYS, start=1))
    )
    opens = models.TimeField(_("opens at"))
    closes = models.TimeField(_("closes at"))

    class Meta:
        abstract = True
        ordering = ["venue", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=7), name="%(class)s_are_of_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes=time.min),
                name="%(class)s_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Both ends on a day of this weekday."""
        last = day if self.closes > self.opens else day + timedelta(days=1)
        return moment(day, self.opens), moment(last, self.closes)


class OpeningHours(Hours):
    """开放时间: when a venue is used.

    A part without any has those of its whole. A venue without any is always open; with some, it
    is closed on the days that have none.
    """

    belongs = SHARED
    venue = models.ForeignKey(
        Venue, models.CASCADE, related_name="opening_hours", verbose_name=_("venue")
    )

    class Meta(Hours.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")


class MusicHours(Hours):
    """可放音乐的时段: when music is allowed in a venue, as `OpeningHours` say when it is used."""

    belongs = SHARED
    venue = models.ForeignKey(
        Venue, models.CASCADE, related_name="music_hours", verbose_name=_("venue")
    )

    class Meta(Hours.Meta):
        verbose_name = _("music hours")
        verbose_name_plural = _("music hours")


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
