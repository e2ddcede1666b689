"""Who holds a room."""

from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.guards import Stays
from diedie_edu.common.keys import CompositeKey
from diedie_edu.common.ranges import NumberRange, TsTzRange
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models.venues import Venue


class Ground(models.BigIntegerField):
    """The ground of the row's venue, filled in whenever it is saved."""

    def pre_save(self, row: Any, add: bool) -> int:
        row.ground = row.venue.whole_id
        return row.ground


# Within its ground a part is one piece, the whole is all of them (a range without ends).
PIECES = NumberRange(
    NullIf("venue", "ground"), NullIf("venue", "ground"), RangeBoundary(inclusive_upper=True)
)


class Booking(models.Model):
    """预订: a venue is held from `starts_at` to `ends_at` (half-open) for a `purpose`.

    The one row that says a room is taken, whoever holds it: an occasion takes venue, times and
    `is_off` from it by a key of five columns. No two live ones of a venue, nor of a whole and its
    part, overlap when a statement ends, so one UPDATE may move a whole series; `ground` repeats
    that of the venue by a key. `actions.bookings` alone writes it. Without a `programme` it is a
    partner's. What `is_fixed` never gives way to another programme: the 4:30 school. A hold, with
    `held_until`, keeps a time for whoever gave way, and ends by itself. Where its `request` waits
    for an answer, it holds the room all the same.
    """

    belongs = Along("programme__slug")
    venue = models.ForeignKey(
        Venue, models.PROTECT, related_name="bookings", db_constraint=False, verbose_name=_("venue")
    )
    ground = Ground(editable=False)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    purpose = models.CharField(_("what for"), max_length=80)
    with_music = models.BooleanField(_("with music"), default=False)
    is_off = models.BooleanField(_("called off"), default=False)
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("programme"),
    )
    is_fixed = models.BooleanField(_("never gives way"), default=False)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    held_for = models.ForeignKey(
        "venues.Displacement",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="holds",
        verbose_name=_("held for"),
    )
    request = models.ForeignKey(
        "venues.RoomRequest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("room request"),
    )

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(held_until=None, held_for=None)
                | Q(held_until__isnull=False, held_for__isnull=False, is_fixed=False),
                name="a_hold_is_for_whoever_gave_way",
            ),
            # What the key of whoever gave way refers to.
            models.UniqueConstraint(
                fields=["id", "is_fixed"], name="booking_with_whether_it_is_fixed"
            ),
            CompositeKey(
                name="booking_keeps_its_venues_ground",
                fields=["venue", "ground"],
                to="venues.Venue",
                to_fields=["id", "ground"],
                carried=True,
            ),
            # What the key of occasions refers to.
            models.UniqueConstraint(
                fields=["id", "venue", "starts_at", "ends_at", "is_off"],
                name="booking_with_its_times",
            ),
            ExclusionConstraint(
                name="venue_holds_one_booking",
                expressions=[
                    ("ground", RangeOperators.EQUAL),
                    (PIECES, RangeOperators.OVERLAPS),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_off=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
        triggers = [
            Stays(
                name="what_is_fixed_stays_fixed",
                condition=pgtrigger.Q(old__is_fixed=True, new__is_fixed=False),
                message="This room is fixed. Call it off, or move it, where everybody hears.",
            )
        ]

    def __str__(self) -> str:
        return self.purpose
