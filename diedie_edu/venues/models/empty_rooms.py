"""Whether somebody is in a room that they hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.keys import CompositeKey
from diedie_edu.venues.models.bookings import Booking


class RoomCheck(models.Model):
    """Nobody was counted in a `booking`, so its leader was asked "are you there?".

    Silence frees nothing: `empty_by` of the staff saw on the spot that the room stands empty, and
    nobody had said `there_at`. Nothing fixed is ever freed so.
    """

    belongs = Along("booking__programme__slug")
    booking = models.OneToOneField(
        Booking,
        models.CASCADE,
        related_name="check_made",
        db_constraint=False,
        verbose_name=_("booking"),
    )
    is_fixed = models.BooleanField(default=False, editable=False)
    asked_at = models.DateTimeField(pgettext_lazy("a question", "asked at"))
    there_at = models.DateTimeField(_("said to be there at"), null=True)
    empty_at = models.DateTimeField(_("seen empty at"), null=True)
    empty_by = by_whom(_("seen empty by"))

    class Meta:
        verbose_name = _("check of an empty room")
        verbose_name_plural = _("checks of empty rooms")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(is_fixed=False), name="nothing_fixed_is_freed"),
            models.CheckConstraint(
                condition=Q(empty_at=None, empty_by=None)
                | Q(empty_at__isnull=False, empty_by__isnull=False, there_at=None),
                name="somebody_saw_that_it_is_empty",
            ),
            CompositeKey(
                name="checked_booking_is_not_fixed",
                fields=["booking", "is_fixed"],
                to="venues.Booking",
                to_fields=["id", "is_fixed"],
                deleted_with=True,
            ),
        ]

    def __str__(self) -> str:
        return str(self.booking)
