"""The days of the 4:30 school: each in all its zones, with the log of its opening and closing."""

from datetime import datetime, time

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from after_school.models.terms import Term, Weekday, Zone
from diedie_edu.activities.models import Occasion
from diedie_edu.common.belonging import Along, Always
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.days import moment
from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.common.keys import CompositeKey


class Session(models.Model):
    """One day of a term, in all its zones. Whether it takes place stands with its occasions.

    A child is inside (`Presence`) only while the session is open, so it cannot be closed while
    a child is there, and nobody arrives after; the database holds both. `weekday` is the
    timetable that holds: the day's own, or the one that a make-up Saturday stands for. Its times
    are the term's when it was planned, and change with it while they lie ahead.
    """

    belongs = Along("term__programme__slug")

    class State(models.TextChoices):
        PLANNED = "planned", _("ahead")
        OPEN = "open", _("open now")
        CLOSED = "closed", _("closed for the day")

    term = models.ForeignKey(Term, models.CASCADE, related_name="sessions", verbose_name=_("term"))
    day = models.DateField(_("day"))
    weekday = models.PositiveSmallIntegerField(_("by the timetable of"), choices=Weekday)
    starts = models.TimeField(_("begins at"), default=time(16, 30))
    ends = models.TimeField(_("ends at"), default=time(19, 0))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    opened_by = by_whom(_("opened by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = by_whom(_("closed by"))

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["term", "day"], name="session_once_a_day"),
            models.UniqueConstraint(fields=["id", "term"], name="session_with_its_term"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="session_ends_after_it_begins"
            ),
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
        triggers = [
            Guard(
                name="a_session_closes_when_no_child_is_inside",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="open") & ~pgtrigger.Q(new__state="open"),
                found="""
                FROM after_school_presence
                WHERE session_id = NEW.id AND arrived_at IS NOT NULL AND left_at IS NULL
                """,
                message="A child is still inside.",
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
        return moment(self.day, self.starts)

    @property
    def ends_at(self) -> datetime:
        """Plan 四(二): 19:00, or as the term says."""
        return moment(self.day, self.ends)


class SessionEvent(models.Model):
    """The log of a session: who opened, closed and reopened it, called it off or took that back,
    or said why nobody opened it; when, and why. Never changed."""

    belongs = Along("session__term__programme__slug")

    class What(models.TextChoices):
        OPENED = "opened", _("session opened")
        CLOSED = "closed", _("session closed")
        REOPENED = "reopened", _("session opened again")
        EXPLAINED = "explained", _("said why nobody opened it")
        CALLED_OFF = "off", _("called off")
        HELD_AGAIN = "on", _("held after all")

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="events", verbose_name=_("session")
    )
    what = models.CharField(_("what happened"), max_length=9, choices=What)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = by_whom(_("by whom"), null=False)
    at = models.DateTimeField(_("at what time"))

    class Meta:
        verbose_name = _("event of a session")
        verbose_name_plural = _("events of sessions")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["opened", "closed", "reopened", "explained", "off", "on"]),
                name="session_event_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(what__in=["reopened", "explained", "off"]) | ~Q(reason=""),
                name="reopening_has_a_reason",
            ),
        ]
        triggers = [
            Stays(
                name="the_log_of_a_session_stays_as_it_was",
                operation=pgtrigger.Update | pgtrigger.Delete,
                message="The log of a session is only ever added to.",
            ),
            NeverEmptied(name="the_log_of_a_session_is_never_emptied"),
        ]


class DayTopic(Bilingual):
    """Plan 四(一): what is done in the activity zone: arts, public safety, manners; staff add."""

    belongs = Always("after-school")
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

    belongs = Along("term__programme__slug")
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
    # How many adults there were when staff were last told that they are too few; empty while
    # there are enough.
    short_told = models.PositiveSmallIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("zone of a day")
        verbose_name_plural = _("zones of a day")
        ordering = ["session", "zone"]
        constraints = [
            models.UniqueConstraint(fields=["session", "zone"], name="zone_once_a_day"),
            CompositeKey(
                name="zone_day_is_of_its_session",
                fields=["session", "term"],
                to="after_school.Session",
                to_fields=["id", "term"],
                deferred=True,
            ),
            CompositeKey(
                name="zone_day_is_of_its_zone",
                fields=["zone", "term"],
                to="after_school.Zone",
                to_fields=["id", "term"],
                deferred=True,
            ),
            CompositeKey(
                name="zone_day_is_of_its_occasion",
                fields=["occasion", "term"],
                to="activities.Occasion",
                to_fields=["id", "activity"],
                deferred=True,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.zone}"
