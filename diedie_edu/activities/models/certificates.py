"""A paper that says what somebody has learned, and that anybody can check."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.people.models import Resident


class Certificate(models.Model):
    """学习证明: what it said when it was issued; the register may change later, the paper not.

    `number` is "DDX-2026-000123-K7M4PQ": year, running number, and a part that nobody guesses.
    """

    resident = models.ForeignKey(
        Resident, models.CASCADE, related_name="certificates", verbose_name=_("resident")
    )
    number = models.CharField(_("certificate number"), max_length=30, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    full_name = models.CharField(_("full name"), max_length=50)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    minutes = models.PositiveIntegerField(_("minutes"))
    occasions = models.PositiveIntegerField(_("times attended"))
    topics = ArrayField(models.CharField(max_length=80), verbose_name=_("topics"), default=list)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revoke_reason = models.CharField(_("why it was revoked"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("certificate of learning")
        verbose_name_plural = _("certificates of learning")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="certificate_serial_once"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day"), minutes__gt=0, occasions__gt=0),
                name="certificate_says_something",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoke_reason="")),
                name="revoking_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)
