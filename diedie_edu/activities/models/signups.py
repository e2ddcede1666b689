"""Who signed up: a seat in an activity, or a place in its queue."""

from datetime import datetime
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.activities.models.activities import Activity
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard
from diedie_edu.common.references import DELETE, MOVE, On, is_there
from diedie_edu.people.models import Resident

# Where the door and the seats contradict each other: somebody who is in waits for a seat, or has
# none any more though not let in beyond the seats. Of what goes on from week to week no seat is
# asked for at the door.
IN_WITHOUT_SEAT = """
FROM activities_attendance came
JOIN activities_occasion met ON met.id = came.occasion_id
JOIN activities_activity what ON what.id = met.activity_id AND NOT what.is_ongoing
JOIN activities_signup place ON place.activity_id = what.id AND place.resident_id = came.resident_id
WHERE {which}
GROUP BY came.id, met.ends_at
HAVING bool_or(place.status IN ('waiting', 'offered'))
    OR NOT came.is_extra
    AND NOT bool_or(place.status = 'seated' OR place.cancelled_at >= met.ends_at)
"""
WHO_IS_IN = "who_is_in_keeps_the_seat"


def who_is_in_keeps_the_seat(
    operation: Any, condition: str, activity: str, people: str = "NEW.resident_id", name: str = ""
) -> Guard:
    """Asked of either table when all is done, and after whoever changes seats of the `activity`."""
    return Guard(
        name=name or WHO_IS_IN,
        constraint=WHO_IS_IN,
        operation=operation,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Condition(condition),
        first=f"PERFORM FROM activities_activity WHERE id = {activity} FOR NO KEY UPDATE;",
        found=IN_WITHOUT_SEAT.format(
            which=f"what.id = {activity} AND came.resident_id IN ({people})"
        ),
        message="Whoever is in keeps the seat, and waits for none.",
    )


class Party(models.Model):
    """同行: people who wait together, and get places together or not at all: of one household, or
    whom staff put together.

    What concerns them as a whole is told once, to the first of them. `held` seats that came back
    are kept for them until `held_until`, until they are enough for all; they count as taken. An end
    that has passed was their one time: from then on the next who fit go ahead.
    """

    belongs = Along("activity__programme__slug")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="parties")
    made_by = by_whom()
    made_at = models.DateTimeField(_("made at"))
    held = models.PositiveIntegerField(_("seats held for them"), default=0)
    held_until = models.DateTimeField(_("seats held until"), null=True)

    class Meta:
        verbose_name = _("people who come together")
        verbose_name_plural = _("people who come together")
        constraints = [
            models.CheckConstraint(
                condition=Q(held=0) | Q(held_until__isnull=False), name="what_is_held_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["activity"], condition=Q(held__gt=0), name="seats_are_held_for_one_party"
            ),
        ]

    def can_be_held_for(self, now: datetime) -> bool:
        """Its one time has not begun, or not passed."""
        return self.held_until is None or now < self.held_until


class SignUp(models.Model):
    """One person's place in an activity: a seat, a place offered to them, or one in the queue.

    A seat and an offered place count as taken. The queue is ordered by QUEUE: whoever is
    deferred stands behind all others. At most one live row per person. `cancelled_at` is when
    it ended, whether the person gave it back or let an offer lapse.
    """

    belongs = Along("activity__programme__slug")

    class Status(models.TextChoices):
        SEATED = "seated", _("seat taken")
        OFFERED = "offered", pgettext_lazy("a place", "offered")
        WAITING = "waiting", _("waiting")
        CANCELLED = "cancelled", _("cancelled")
        LAPSED = "lapsed", pgettext_lazy("an offer", "lapsed")

    LIVE = (Status.SEATED, Status.OFFERED, Status.WAITING)
    HOLDS_A_PLACE = (Status.SEATED, Status.OFFERED)
    QUEUE = ("is_deferred", "signed_up_at", "id")

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="sign_ups", verbose_name=_("activity")
    )
    resident = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="sign_ups",
        verbose_name=_("resident"),
    )
    party = models.ForeignKey(
        Party,
        models.RESTRICT,
        null=True,
        related_name="sign_ups",
        verbose_name=_("people who come together"),
    )
    status = models.CharField(_("state"), max_length=10, choices=Status)
    is_deferred = models.BooleanField(_("behind the others in the queue"), default=False)
    wants_reminders = models.BooleanField(_("wants reminders"), db_default=True)
    signed_up_at = models.DateTimeField(_("signed up at"))
    seated_at = models.DateTimeField(_("seat taken at"), null=True)
    offer_expires_at = models.DateTimeField(_("to be confirmed before"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    signed_up_by = by_whom(_("entered by"))
    cancelled_by = by_whom(_("given back by"))

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["signed_up_at", "id"]
        indexes = [
            models.Index(
                fields=["activity", "is_deferred", "signed_up_at", "id"],
                condition=Q(status="waiting"),
                name="signup_line",
            ),
            models.Index(fields=["activity"], condition=Q(status="seated"), name="signup_seated"),
            models.Index(
                fields=["offer_expires_at"], condition=Q(status="offered"), name="signup_offers"
            ),
            models.Index(fields=["signed_up_at", "id"], name="signup_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "resident"],
                condition=Q(status__in=["seated", "offered", "waiting"]),
                name="one_live_sign_up",
            ),
            # What composite keys of a programme's own rows refer to.
            models.UniqueConstraint(
                fields=["id", "activity", "resident"],
                name="sign_up_with_its_activity_and_resident",
            ),
            models.CheckConstraint(
                condition=Q(status="seated", seated_at__isnull=False, cancelled_at=None)
                | Q(status__in=["waiting", "offered"], seated_at=None, cancelled_at=None)
                | Q(status="cancelled", cancelled_at__isnull=False)
                | Q(status="lapsed", seated_at=None, cancelled_at__isnull=False),
                name="sign_up_dates_fit_its_status",
            ),
            models.CheckConstraint(
                condition=Q(status="offered", offer_expires_at__isnull=False)
                | (~Q(status="offered") & Q(offer_expires_at=None)),
                name="offers_alone_expire",
            ),
            # Looked at when the transaction ends: its rows change one after the other.
            ExclusionConstraint(
                name="party_shares_one_state",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    ("status", RangeOperators.NOT_EQUAL),
                ],
                condition=Q(party__isnull=False, status__in=["seated", "offered", "waiting"]),
                deferrable=models.Deferrable.DEFERRED,
            ),
            ExclusionConstraint(
                name="party_stands_in_one_activity",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    ("activity", RangeOperators.NOT_EQUAL),
                ],
                condition=Q(party__isnull=False),
            ),
        ]
        triggers = [
            is_there("whoever_signs_up_is_there", "resident_id", "people_resident"),
            who_is_in_keeps_the_seat(pgtrigger.Insert, "NEW.status <> 'seated'", "NEW.activity_id"),
            who_is_in_keeps_the_seat(
                pgtrigger.UpdateOf("status", "resident_id"),  # type: ignore[no-untyped-call]
                "NEW.status <> 'seated' OR NEW.resident_id <> OLD.resident_id",
                "NEW.activity_id",
                people="OLD.resident_id, NEW.resident_id",
                name="who_is_in_does_not_lose_the_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident} · {self.activity}"

    @property
    def is_seated(self) -> bool:
        return self.status == self.Status.SEATED

    @property
    def is_offered(self) -> bool:
        return self.status == self.Status.OFFERED

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def was_entered_by_another(self) -> bool:
        """A relative or staff did it for the person."""
        return self.signed_up_by is not None and self.signed_up_by_id != self.resident.account_id

    @property
    def is_lapsed(self) -> bool:
        return self.status == self.Status.LAPSED
