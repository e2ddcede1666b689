"""Who came to an occasion, and what was put right afterwards."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.activities.models.activities import Occasion
from diedie_edu.activities.models.signups import SignUp, who_is_in_keeps_the_seat
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.references import DELETE, EMPTY, MOVE, On, is_there
from diedie_edu.people.models import Resident


class How(models.TextChoices):
    """By which way somebody was checked in."""

    LIST = "list", _("from the list")
    PHONE = "phone", _("by phone digits")
    TICKET = "ticket", _("by ticket")
    KIOSK = "kiosk", _("at the kiosk")
    WALK_IN = "walk_in", _("walked in")
    SHEET = "sheet", _("from the paper sheet")


class Attendance(models.Model):
    """签到: somebody came to an occasion.

    `walk_in_seat` is the seat that was taken at the door. `is_extra` is somebody let in beyond the
    seats, for a `reason`; `queue_place` is where they had waited until then. Both are put back if
    the entry was a mistake. Of whoever is erased the visit stays for the figures, without them.
    """

    belongs = Along("occasion__activity__programme__slug")
    occasion = models.ForeignKey(
        Occasion, models.CASCADE, related_name="attendances", verbose_name=_("occasion")
    )
    resident = models.ForeignKey(
        Resident,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        related_name="attendances",
        db_index=False,
        verbose_name=_("resident"),
    )
    arrived_at = models.DateTimeField(pgettext_lazy("at an occasion", "arrived at"))
    how = models.CharField(_("how they checked in"), max_length=8, choices=How, default=How.LIST)
    walk_in_seat = models.OneToOneField(
        SignUp, models.SET_NULL, null=True, blank=True, related_name="walk_in"
    )
    queue_place = models.OneToOneField(
        SignUp, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_extra = models.BooleanField(_("beyond the seats"), default=False)
    reason = models.CharField(_("why beyond the seats"), max_length=100, blank=True)
    recorded_by = by_whom(_("entered by"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        # Whose, and when the first of them was.
        indexes = [models.Index(fields=["resident", "arrived_at"])]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "resident"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(how__in=How.values), name="way_of_checking_in_is_known"
            ),
            models.CheckConstraint(
                condition=Q(is_extra=False, reason="", queue_place=None)
                | (
                    Q(is_extra=True, walk_in_seat=None, how__in=[How.WALK_IN, How.SHEET])
                    & ~Q(reason="")
                ),
                name="beyond_the_seats_has_a_reason",
            ),
        ]
        triggers = [
            is_there("whoever_comes_is_there", "resident_id", "people_resident"),
            who_is_in_keeps_the_seat(
                pgtrigger.Insert | pgtrigger.UpdateOf("resident_id", "is_extra"),  # type: ignore[no-untyped-call]
                "NEW.resident_id IS NOT NULL",
                "(SELECT activity_id FROM activities_occasion WHERE id = NEW.occasion_id)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident} · {self.occasion}"


class AttendanceUndone(models.Model):
    """An entry that was a mistake: what it said, who had made it and who took it back."""

    belongs = Along("occasion__activity__programme__slug")
    occasion = models.ForeignKey(
        Occasion, models.CASCADE, related_name="undone", verbose_name=_("occasion")
    )
    resident = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="+", verbose_name=_("resident")
    )
    arrived_at = models.DateTimeField(pgettext_lazy("at an occasion", "arrived at"))
    how = models.CharField(_("how they checked in"), max_length=8, choices=How)
    recorded_by = by_whom(_("entered by"))
    undone_at = models.DateTimeField(_("taken back at"))
    undone_by = by_whom(_("taken back by"))

    class Meta:
        verbose_name = _("check-in taken back")
        verbose_name_plural = _("check-ins taken back")

    def __str__(self) -> str:
        return f"{self.resident} · {self.occasion}"


class ExcusedAbsence(models.Model):
    """Staff know why a seat stayed empty, or that the register is wrong: it does not count."""

    belongs = Along("occasion__activity__programme__slug")
    occasion = models.ForeignKey(
        Occasion, models.CASCADE, related_name="excused", verbose_name=_("occasion")
    )
    resident = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="excused", verbose_name=_("resident")
    )
    reason = models.CharField(_("why it is excused"), max_length=100)
    excused_at = models.DateTimeField(_("excused at"))
    excused_by = by_whom(_("excused by"))

    class Meta:
        verbose_name = _("excused absence")
        verbose_name_plural = _("excused absences")
        constraints = [
            models.UniqueConstraint(fields=["occasion", "resident"], name="absence_excused_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="excuse_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.resident} · {self.occasion}"
