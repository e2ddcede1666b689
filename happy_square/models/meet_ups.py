"""When a group meets: its usual times, and each meet-up."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Occasion
from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.days import WEEKDAYS
from diedie_edu.common.keys import CompositeKey
from diedie_edu.venues.models import RoomRequest, Venue
from happy_square.models.groups import PROGRAMME, Group


class WeeklyTime(models.Model):
    """按惯例: a group meets on one day of every week, as ISO counts them, in a venue.

    Its dates are made some weeks ahead by themselves. Where the venue asks for a yes, all of them
    stand in one `request`, which was asked by whoever set the time.
    """

    belongs = Always(PROGRAMME)
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="weekly_times", verbose_name=_("group")
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=list(enumerate(WEEKDAYS, start=1))
    )
    starts = models.TimeField(_("begins at"))
    ends = models.TimeField(_("ends at"))
    venue = models.ForeignKey(
        Venue, models.PROTECT, related_name="weekly_times", verbose_name=_("venue")
    )
    with_music = models.BooleanField(_("with music"), default=False)
    is_on = models.BooleanField(_("in use"), default=True)
    set_by = by_whom(_("set by"), blank=True)
    request = models.ForeignKey(
        RoomRequest,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="weekly_times",
        verbose_name=_("room request"),
    )

    class Meta:
        verbose_name = _("weekly time")
        verbose_name_plural = _("weekly times")
        ordering = ["group", "weekday", "starts", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "weekday", "starts"],
                condition=Q(is_on=True),
                name="weekly_time_once",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="weekly_time_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=7), name="weekly_time_is_of_a_weekday"
            ),
            # What the key of its meet-ups refers to.
            models.UniqueConstraint(fields=["id", "group"], name="weekly_time_with_its_group"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"


class MeetUp(models.Model):
    """活动日: one occasion of a group; 按惯例 (as usual) until somebody has confirmed it.

    `usual_day` is the day that its weekly time made it for, wherever it has been moved since; so
    it is made once. `words` say what the leader wants people to know before it, `note` what was
    done. `guests` are those who came without a name: visits, never people.
    """

    belongs = Always(PROGRAMME)
    occasion = models.OneToOneField(
        Occasion,
        models.CASCADE,
        primary_key=True,
        related_name="meet_up",
        db_constraint=False,
        verbose_name=_("occasion"),
    )
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="meet_ups", verbose_name=_("group")
    )
    weekly_time = models.ForeignKey(
        WeeklyTime,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meet_ups",
        verbose_name=_("weekly time"),
    )
    usual_day = models.DateField(_("its usual day"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = by_whom(_("confirmed by"), blank=True)
    words = models.CharField(_("to know before coming"), max_length=120, blank=True)
    off_reason = models.CharField(_("why it was called off"), max_length=100, blank=True)
    note = models.CharField(_("what was done"), max_length=200, blank=True)
    guests = models.PositiveSmallIntegerField(_("guests"), null=True, blank=True)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)
    counted_by = by_whom(_("counted by"), blank=True)

    class Meta:
        verbose_name = _("meet-up")
        verbose_name_plural = _("meet-ups")
        ordering = ["occasion__starts_at", "occasion"]
        constraints = [
            CompositeKey(
                name="meet_up_is_of_its_groups_occasion",
                fields=["occasion", "group"],
                to="activities.Occasion",
                to_fields=["id", "activity"],
                deleted_with=True,
            ),
            models.UniqueConstraint(
                fields=["weekly_time", "usual_day"], name="usual_day_is_made_once"
            ),
            # What the key of its pictures refers to.
            models.UniqueConstraint(fields=["occasion", "group"], name="meet_up_with_its_group"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None) | Q(confirmed_at__isnull=False),
                name="who_confirmed_did_so_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(counted_at=None, guests=None, counted_by=None)
                | Q(counted_at__isnull=False, guests__isnull=False),
                name="what_is_counted_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(guests=None) | Q(guests__lte=500), name="guests_are_a_likely_number"
            ),
        ]

    def __str__(self) -> str:
        return str(self.occasion)

    @property
    def is_usual(self) -> bool:
        """按惯例: nobody has confirmed it yet."""
        return self.confirmed_at is None


class MonthlyTexts(models.Model):
    """How often a group has told its people something by text message in a month (its first day).

    `actions.telling` counts it up to what the group may have, by one statement.
    """

    belongs = Always(PROGRAMME)
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="monthly_texts", verbose_name=_("group")
    )
    month = models.DateField(_("month"))
    used = models.PositiveSmallIntegerField(_("times used"), default=0)

    class Meta:
        verbose_name = _("text messages of a month")
        verbose_name_plural = _("text messages of months")
        ordering = ["group", "-month"]
        constraints = [
            models.UniqueConstraint(fields=["group", "month"], name="texts_are_counted_by_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.month:%Y-%m}"
