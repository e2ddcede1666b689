"""优先使用: which programme goes first in a room, and who gave way to whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED, Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.keys import CompositeKey
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models.bookings import Booking
from diedie_edu.venues.models.venues import Venue


class RoomPriority(models.Model):
    """In a venue a programme comes before those of a higher `rank` and those without one."""

    belongs = SHARED
    venue = models.ForeignKey(
        Venue, models.CASCADE, related_name="priorities", verbose_name=_("venue")
    )
    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="+", verbose_name=_("programme")
    )
    rank = models.PositiveSmallIntegerField(_("rank, 1 comes first"), default=1)

    class Meta:
        verbose_name = _("priority in a room")
        verbose_name_plural = _("priorities in a room")
        ordering = ["venue", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["venue", "programme"], name="one_rank_in_a_room"),
            models.CheckConstraint(condition=Q(rank__gt=0), name="ranks_begin_with_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.programme}"


class Displacement(models.Model):
    """A `booking` gave way to `programme`, for a reason; `gained` is what holds the room now.

    Nothing fixed gives way: `is_fixed` repeats the booking's and is never true.
    """

    belongs = Along("programme__slug")
    booking = models.ForeignKey(
        Booking,
        models.CASCADE,
        related_name="displacements",
        db_constraint=False,
        verbose_name=_("booking"),
    )
    is_fixed = models.BooleanField(default=False, editable=False)
    gained = models.ForeignKey(
        Booking, models.CASCADE, related_name="+", verbose_name=_("in its place")
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="+", verbose_name=_("programme")
    )
    reason = models.CharField(_("reason"), max_length=200)
    by = by_whom(_("by whom"), null=False)
    at = models.DateTimeField(_("at"))
    settled_at = models.DateTimeField(_("another time chosen, or let go, at"), null=True)

    class Meta:
        verbose_name = _("displacement")
        verbose_name_plural = _("displacements")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(is_fixed=False), name="nothing_fixed_gives_way"),
            models.CheckConstraint(condition=~Q(reason=""), name="giving_way_has_a_reason"),
            CompositeKey(
                name="displaced_booking_is_not_fixed",
                fields=["booking", "is_fixed"],
                to="venues.Booking",
                to_fields=["id", "is_fixed"],
                deleted_with=True,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} → {self.gained}"
