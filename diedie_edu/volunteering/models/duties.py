"""A volunteer's slot at an occasion: giving the lecture, helping, looking after children."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Occasion
from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.keys import CompositeKey
from diedie_edu.common.ranges import TsTzRange
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models.guards import LIVE_CLEARANCE


class Duty(models.Model):
    """Without a volunteer the slot is free. `actions.assign_duty` makes it. `filled_at` is when
    this volunteer got a slot of a roster: what was due to be said before is not said any more.

    `starts_at`, `ends_at`, `is_off` and `needs_clearance` are those of the occasion, for the
    constraint by which nobody is booked twice at a time. The key `duty_keeps_its_occasions_times`
    holds them to it and carries every change over.
    """

    belongs = Along("occasion__activity__programme__slug")
    # What is called off counts for whoever had come.
    COUNTS = Q(is_off=False) | Q(signed_in_at__isnull=False)

    class Work(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        HELPER = "helper", _("helper")
        TUTOR = "tutor", _("helps with homework")
        CARER = "carer", _("looks after children")

    occasion = models.ForeignKey(
        Occasion, models.CASCADE, related_name="duties", db_constraint=False
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("volunteer"),
    )
    work = models.CharField(_("work on duty"), max_length=10, choices=Work)
    starts_at = models.DateTimeField(_("starts at"), editable=False)
    ends_at = models.DateTimeField(_("ends at"), editable=False)
    is_off = models.BooleanField(_("called off"), editable=False)
    needs_clearance = models.BooleanField(_("work there needs a checked person"), editable=False)
    filled_at = models.DateTimeField(_("filled at"), null=True, editable=False)
    signed_in_at = models.DateTimeField(_("signed in at"), null=True, blank=True)
    signed_out_at = models.DateTimeField(_("signed out at"), null=True, blank=True)
    served_minutes = models.PositiveSmallIntegerField(_("minutes served"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("minutes confirmed at"), null=True, blank=True)
    confirmed_by = by_whom(_("minutes confirmed by"), blank=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["occasion", "id"]
        triggers = LIVE_CLEARANCE
        constraints = [
            CompositeKey(
                name="duty_keeps_its_occasions_times",
                fields=["occasion", "starts_at", "ends_at", "is_off", "needs_clearance"],
                to="activities.Occasion",
                to_fields=["id", "starts_at", "ends_at", "is_called_off", "needs_clearance"],
                carried=True,
            ),
            models.UniqueConstraint(
                fields=["occasion", "volunteer"],
                condition=Q(volunteer__isnull=False),
                name="volunteer_once_per_occasion",
            ),
            ExclusionConstraint(
                name="volunteer_at_one_place_at_a_time",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    (
                        TsTzRange("starts_at", "ends_at", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(volunteer__isnull=False, is_off=False),
                deferrable=Deferrable.IMMEDIATE,  # a series of meetings moves in one statement
            ),
            models.CheckConstraint(
                condition=Q(signed_out_at=None) | Q(signed_out_at__gt=F("signed_in_at")),
                name="duty_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(signed_out_at=None) | Q(signed_in_at__isnull=False),
                name="who_signs_out_has_signed_in",
            ),
            models.CheckConstraint(
                condition=Q(served_minutes=None) | Q(served_minutes__gt=0),
                name="duty_served_takes_time",
            ),
            models.CheckConstraint(
                condition=Q(volunteer__isnull=False) | Q(signed_in_at=None, served_minutes=None),
                name="a_free_slot_is_not_served",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, served_minutes__isnull=False),
                name="what_is_confirmed_are_minutes",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("ends_at")),
                name="hours_are_confirmed_after_the_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_work_display()} {self.volunteer or ''}".strip()

    @classmethod
    def at(cls, occasion: Occasion, volunteer: Volunteer | None, work: str) -> "Duty":
        """A duty with its occasion's times, not saved yet."""
        return cls(
            occasion=occasion,
            volunteer=volunteer,
            work=work,
            starts_at=occasion.starts_at,
            ends_at=occasion.ends_at,
            is_off=occasion.is_called_off,
            needs_clearance=occasion.needs_clearance,
        )

    @property
    def planned_minutes(self) -> int:
        """How long it takes as planned."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def is_served(self) -> bool:
        """Somebody came and worked, so that the row stays as its proof."""
        return self.signed_in_at is not None or self.served_minutes is not None
