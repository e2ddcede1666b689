"""When and where the 4:30 school is held: terms, breaks, zones, and each of its days."""

from datetime import datetime, time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.days import moment
from diedie_edu.venues.models import Venue


class Weekday(models.IntegerChoices):
    """Plan 四(二): the school is open Mondays to Fridays. Numbers as ISO counts them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")


class Term(Activity):
    """Plan 四(二): a term; what a guardian enrols a child in. Its seats are those of its zones."""

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    starts = models.TimeField(_("begins at"), default=time(16, 30))
    ends = models.TimeField(_("ends at"), default=time(19, 0))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="term_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="term_day_ends_after_it_begins"
            ),
        ]


class SchoolBreak(models.Model):
    """Days within a term on which schools are closed; staff enter them."""

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
            models.UniqueConstraint(fields=["term", "venue"], name="room_holds_one_zone"),
            # What composite foreign keys point at: whoever names a zone names its term.
            models.UniqueConstraint(fields=["id", "term"], name="zone_with_its_term"),
            models.CheckConstraint(
                condition=Q(kind__in=["homework", "activities"]), name="zone_is_known"
            ),
            models.CheckConstraint(condition=Q(places__gt=0), name="zone_has_places"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Session(models.Model):
    """One day of a term, in all its zones. Whether it takes place stands with its occasions.

    A child is inside (`Presence`) only while the session is open, so it cannot be closed while
    a child is there, and nobody arrives after; the database holds both. `weekday` is the
    timetable that holds: the day's own, or the one that a make-up Saturday stands for.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("ahead")
        OPEN = "open", _("open now")
        CLOSED = "closed", _("closed for the day")

    term = models.ForeignKey(Term, models.CASCADE, related_name="sessions", verbose_name=_("term"))
    day = models.DateField(_("day"))
    weekday = models.PositiveSmallIntegerField(_("by the timetable of"), choices=Weekday)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    opened_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("opened by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["term", "day"], name="session_once_a_day"),
            models.UniqueConstraint(fields=["id", "term"], name="session_with_its_term"),
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values)
                & (Q(day__iso_week_day__in=[6, 7]) | Q(day__iso_week_day=F("weekday"))),
                name="session_follows_the_timetable_of_its_weekday",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="planned", opened_at=None, opened_by=None, closed_at=None, closed_by=None
                )
                | Q(
                    state="open",
                    opened_at__isnull=False,
                    opened_by__isnull=False,
                    closed_at=None,
                    closed_by=None,
                )
                | Q(
                    state="closed",
                    opened_at__isnull=False,
                    opened_by__isnull=False,
                    closed_at__gte=F("opened_at"),
                    closed_by__isnull=False,
                ),
                name="session_is_opened_before_it_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def starts_at(self) -> datetime:
        """Plan 四(二): 16:30, or as the term says."""
        return moment(self.day, self.term.starts)

    @property
    def ends_at(self) -> datetime:
        """Plan 四(二): 19:00, or as the term says."""
        return moment(self.day, self.term.ends)


class SessionEvent(models.Model):
    """The log of a session: who opened, closed and reopened it, when, and why. Never changed."""

    class What(models.TextChoices):
        OPENED = "opened", _("session opened")
        CLOSED = "closed", _("session closed")
        REOPENED = "reopened", _("session opened again")

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="events", verbose_name=_("session")
    )
    what = models.CharField(_("what happened"), max_length=8, choices=What)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("by whom")
    )
    at = models.DateTimeField(_("at what time"))

    class Meta:
        verbose_name = _("event of a session")
        verbose_name_plural = _("events of sessions")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["opened", "closed", "reopened"]),
                name="session_event_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(what="reopened") | ~Q(reason=""), name="reopening_has_a_reason"
            ),
        ]


class DayTopic(Bilingual):
    """Plan 四(一): what is done in the activity zone: arts, public safety, manners; staff add."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("topic of the day")
        verbose_name_plural = _("topics of the day")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["title_zh"], name="day_topic_once"),
        ]


class ZoneDay(models.Model):
    """One zone on one day: the occasion that holds the room, with the topic of the day."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="zone_days", verbose_name=_("session")
    )
    zone = models.ForeignKey(Zone, models.CASCADE, related_name="zone_days", verbose_name=_("zone"))
    term = models.ForeignKey(Term, models.CASCADE, related_name="+", editable=False)
    occasion = models.OneToOneField(
        Occasion, models.CASCADE, related_name="zone_day", verbose_name=_("occasion")
    )
    topic = models.ForeignKey(
        DayTopic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="zone_days",
        verbose_name=_("topic of the day"),
    )

    class Meta:
        verbose_name = _("zone of a day")
        verbose_name_plural = _("zones of a day")
        ordering = ["session", "zone"]
        constraints = [
            models.UniqueConstraint(fields=["session", "zone"], name="zone_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.zone}"
