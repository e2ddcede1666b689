"""The two nouns every programme shares: the activity one signs up to, and its occasions."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.days import moment_text
from diedie_edu.common.guards import Guard
from diedie_edu.common.keys import CompositeKey
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Venue


class Activity(models.Model):
    """活动: what one signs up to. Seats are counted in `taken`, never by counting rows.

    A programme keeps its own columns in a child row (multi-table inheritance, depth one);
    shared code never asks which kind it holds and locks this row. An offered place is taken:
    it is kept for somebody. Whoever frees a place offers it to the queue in the same
    transaction, so none stands free beside somebody whom it could be offered to. Where it
    `holds_for_parties`, what comes back one by one is held for the party at the head of the queue
    (`Party.held`) and counts as taken too. A draft that is
    called off is dropped: residents never see it. Where it `needs_clearance`, adults work close to
    children; its occasions and duties carry that.
    What `is_ongoing` goes on from week to week, as a group does: people belong to it, come in by a
    path of its own and leave at any time, and it stands also while it has no date.
    """

    belongs = Along("programme__slug")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CALLED_OFF = "called_off", _("called off")

    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        related_name="activities",
        verbose_name=_("programme"),
    )
    title = models.CharField(_("title of the activity"), max_length=80)
    summary = models.CharField(_("in a sentence"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    capacity = models.PositiveIntegerField(_("seats"))
    taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    sign_up_opens_at = models.DateTimeField(_("sign-up opens"))
    sign_up_closes_at = models.DateTimeField(_("sign-up closes"))
    min_age = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("up to the age of"), null=True, blank=True)
    residents_only = models.BooleanField(_("for permanent residents only"), default=False)
    holds_for_parties = models.BooleanField(
        _("keep seats that come back for whoever waits together"), default=True
    )
    needs_clearance = models.BooleanField(
        _("work there needs a checked person"), default=False, editable=False
    )
    is_ongoing = models.BooleanField(_("goes on from week to week"), default=False, editable=False)
    call_off_reason = models.CharField(
        _("why it was called off"), max_length=200, blank=True, editable=False
    )
    is_dropped = models.BooleanField(
        _("called off before it was announced"), default=False, editable=False
    )
    created_by = by_whom(editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")), name="taken_within_capacity"
            ),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="activity_has_seats"),
            models.CheckConstraint(
                condition=Q(sign_up_closes_at__gt=F("sign_up_opens_at")),
                name="sign_up_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=~Q(state="called_off") | ~Q(call_off_reason=""),
                name="calling_off_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_dropped=False) | Q(state="called_off"),
                name="what_is_dropped_is_called_off",
            ),
            models.CheckConstraint(
                condition=Q(min_age__lte=F("max_age")), name="youngest_is_not_older_than_oldest"
            ),
            # What the keys of its occasions and of a programme's own row refer to.
            models.UniqueConstraint(
                fields=["id", "needs_clearance"], name="activity_with_its_clearance"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def free(self) -> int:
        return self.capacity - self.taken

    @property
    def is_called_off(self) -> bool:
        return self.state == self.State.CALLED_OFF

    @property
    def was_announced(self) -> bool:
        """Residents may see it; `queries.announced` asks the database the same."""
        return self.state != self.State.DRAFT and not self.is_dropped

    @cached_property
    def first_starts_at(self) -> datetime:
        """When its first occasion begins; an annotation of this name saves the query."""
        return self.occasions.earliest("starts_at").starts_at

    @cached_property
    def last_starts_at(self) -> datetime:
        """When its last occasion begins: until then places are given back and passed on."""
        if self.is_ongoing:
            return self.sign_up_closes_at
        return self.occasions.latest("starts_at").starts_at

    @property
    def audience(self) -> list[str]:
        """Whom it is for, in a few words each; empty where it is for everybody."""
        return [words for words in (self._ages(), self._residents()) if words]

    def _ages(self) -> str:
        ages = {"youngest": self.min_age, "oldest": self.max_age}
        if self.min_age and self.max_age:
            return gettext("For ages %(youngest)s to %(oldest)s") % ages
        if self.min_age:
            return gettext("For people of %(youngest)s and over") % ages
        return gettext("For people up to %(oldest)s") % ages if self.max_age else ""

    def _residents(self) -> str:
        return gettext("For permanent residents") if self.residents_only else ""


class Occasion(models.Model):
    """场次: one dated meeting of an activity, half-open from `starts_at` to `ends_at`.

    It stands in its booking, whose venue, times and `is_off` it repeats, and repeats whether its
    activity needs checked people; two keys carry every change over. An occasion that goes frees
    its room. `revision` rises with every move in time or place, so reminders of the old date die.
    """

    belongs = Along("activity__programme__slug")
    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        related_name="occasions",
        db_constraint=False,
        verbose_name=_("activity"),
    )
    booking = models.OneToOneField(
        Booking,
        models.PROTECT,
        related_name="occasion",
        db_constraint=False,
        editable=False,
        verbose_name=_("booking"),
    )
    venue = models.ForeignKey(
        Venue,
        models.PROTECT,
        related_name="occasions",
        db_constraint=False,
        editable=False,
        verbose_name=_("venue"),
    )
    starts_at = models.DateTimeField(_("starts at"), editable=False)
    ends_at = models.DateTimeField(_("ends at"), editable=False)
    is_called_off = models.BooleanField(_("called off"), editable=False)
    needs_clearance = models.BooleanField(_("work there needs a checked person"), editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["starts_at", "id"])]
        constraints = [
            CompositeKey(
                name="occasion_keeps_its_bookings_times",
                fields=["booking", "venue", "starts_at", "ends_at", "is_called_off"],
                to="venues.Booking",
                to_fields=["id", "venue", "starts_at", "ends_at", "is_off"],
                carried=True,
            ),
            CompositeKey(
                name="occasion_keeps_its_activitys_clearance",
                fields=["activity", "needs_clearance"],
                to="activities.Activity",
                to_fields=["id", "needs_clearance"],
                carried=True,
            ),
            # What the key of duties refers to.
            models.UniqueConstraint(
                fields=["id", "starts_at", "ends_at", "is_called_off", "needs_clearance"],
                name="occasion_with_its_times",
            ),
            # What composite keys of a programme's days refer to.
            models.UniqueConstraint(fields=["id", "activity"], name="occasion_with_its_activity"),
        ]
        triggers = [
            Guard(
                name="an_occasion_that_goes_frees_its_room",
                operation=pgtrigger.Delete,
                func="DELETE FROM venues_booking WHERE id = OLD.booking_id; RETURN NULL;",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity} {moment_text(self.starts_at)}"

    @classmethod
    def at(cls, booking: Booking, activity: Activity) -> "Occasion":
        """An occasion in its room, not saved yet."""
        return cls(
            activity=activity,
            needs_clearance=activity.needs_clearance,
            booking=booking,
            venue=booking.venue,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            is_called_off=booking.is_off,
        )
