"""Who comes: the sign-up hangs on the activity, attendance on the occasion."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models.activities import Activity, Occasion
from diedie_edu.people.models import Resident


class SignUp(models.Model):
    """One person's place in an activity: a seat, or a place in the queue.

    The queue is ordered by `signed_up_at`, then id. At most one live row per person.
    """

    class Status(models.TextChoices):
        SEATED = "seated", _("seat taken")
        WAITING = "waiting", _("waiting")
        CANCELLED = "cancelled", _("cancelled")

    LIVE = (Status.SEATED, Status.WAITING)

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sign_ups")
    resident = models.ForeignKey(
        Resident, models.CASCADE, related_name="sign_ups", verbose_name=_("resident")
    )
    status = models.CharField(_("state"), max_length=10, choices=Status)
    signed_up_at = models.DateTimeField(_("signed up at"))
    seated_at = models.DateTimeField(_("seat taken at"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    signed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["signed_up_at", "id"]
        indexes = [
            models.Index(
                fields=["activity", "signed_up_at", "id"],
                condition=Q(status="waiting"),
                name="signup_queue",
            ),
            models.Index(fields=["activity"], condition=Q(status="seated"), name="signup_seated"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "resident"],
                condition=Q(status__in=["seated", "waiting"]),
                name="one_live_sign_up",
            ),
            models.CheckConstraint(
                condition=Q(status="seated", seated_at__isnull=False, cancelled_at=None)
                | Q(status="waiting", seated_at=None, cancelled_at=None)
                | Q(status="cancelled", cancelled_at__isnull=False),
                name="sign_up_dates_fit_its_status",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident} · {self.activity}"

    @property
    def is_seated(self) -> bool:
        return self.status == self.Status.SEATED

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING


class Attendance(models.Model):
    """Somebody came to an occasion."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="attendances")
    resident = models.ForeignKey(
        Resident, models.CASCADE, related_name="attendances", verbose_name=_("resident")
    )
    arrived_at = models.DateTimeField(_("arrived at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["occasion", "resident"], name="attendance_once")
        ]
