"""A paper that says what somebody has learned or served, and that anybody can check."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import DateField, F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.days import ZONE
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.people.models import Resident

FEWEST_PUBLIC_DAYS = 7  # Facts 3: proofs of service are publicised so long
# The day of issue in the community, and so many more.
EARLIEST_END = Func(
    F("issued_at"),
    template=f"(timezone('{ZONE.key}', %(expressions)s)::date + {FEWEST_PUBLIC_DAYS})",
    output_field=DateField(),
)


class Certificate(models.Model):
    """学习证明, 志愿服务时长证明: what it said when it was issued; the register may change later,
    the paper not.

    `number` is "DDX-2026-000123-K7M4PQ": kind (DDX learning, DDF service), year, running number
    of both kinds, and a part that nobody guesses. A proof of service is on the public list until
    the end of `public_until` and holds from the day after. `topics` is what was learned, or where
    and as what somebody served.
    """

    belongs = SHARED

    class Kind(models.TextChoices):
        LEARNING = "learning", _("certificate of learning")
        SERVICE = "service", _("proof of hours as a volunteer")

    PREFIX = {Kind.LEARNING: "DDX", Kind.SERVICE: "DDF"}

    kind = models.CharField(
        pgettext_lazy("a certificate", "what it is about"), max_length=8, choices=Kind
    )
    resident = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="certificates",
        verbose_name=_("resident"),
    )
    number = models.CharField(_("certificate number"), max_length=30, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField()
    full_name = models.CharField(_("full name"), max_length=50)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    minutes = models.PositiveIntegerField(_("minutes"))
    occasions = models.PositiveIntegerField(_("number of times"))
    topics = ArrayField(models.CharField(max_length=80), verbose_name=_("topics"), default=list)
    public_until = models.DateField(_("on the public list until"), null=True, blank=True)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = by_whom()
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = by_whom(_("revoked by"), blank=True)
    revoke_reason = models.CharField(_("why it was revoked"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("certificate or proof")
        verbose_name_plural = _("certificates and proofs")
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
            models.CheckConstraint(
                condition=Q(kind="learning", number__startswith="DDX-")
                | Q(kind="service", number__startswith="DDF-"),
                name="certificate_number_tells_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="learning", public_until=None)
                | Q(
                    kind="service",
                    public_until__isnull=False,
                    public_until__gte=EARLIEST_END,
                ),
                name="a_proof_of_service_is_public_first",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_service(self) -> bool:
        return self.kind == self.Kind.SERVICE

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    def is_public_on(self, day: date) -> bool:
        """Whether it is still on the public list, so that it does not hold yet."""
        return self.public_until is not None and day <= self.public_until

    def holds_on(self, day: date) -> bool:
        return not self.is_revoked and not self.is_public_on(day)

    @property
    def short_number(self) -> str:
        """Without the part that nobody guesses."""
        return self.number.rpartition("-")[0]

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)
