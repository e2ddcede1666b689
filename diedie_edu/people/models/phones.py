"""One phone for a person: how it is changed, and what became of each change."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Stays
from diedie_edu.common.references import DELETE, KEEP, On
from diedie_edu.people.models.residents import Resident


class PhoneChange(models.Model):
    """Somebody gets another phone: proved at one moment (`proved_at`), in force from another
    (`in_force_at`, carried out at `done_at`); until then messages go to the old one.

    It is about a person, or about an account without a person behind it. With `takes_along` the
    household, and those without an account of their own for whom the person acts, change with them
    where they have the same number. Both numbers go when `NUMBERS_ARE_KEPT` is over; who did it
    stays.
    """

    belongs = SHARED

    class How(models.TextChoices):
        CODE = "code", _("by a code to the new number")
        SEEN = "seen", _("at the service desk, the person seen")

    class Ending(models.TextChoices):
        STOPPED = "stopped", _("stopped from the old number")
        TAKEN_BACK = "taken_back", _("taken back")
        REPLACED = "replaced", _("replaced by a newer one")
        TAKEN = "taken", _("the new number has another account")

    resident = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=KEEP),
        null=True,
        related_name="phone_changes",
        verbose_name=_("person"),
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        On(erased=DELETE, merged=KEEP),
        null=True,
        related_name="phone_changes",
        verbose_name=_("account"),
    )
    old_phone = models.CharField(_("old phone"), max_length=20, blank=True)
    new_phone = models.CharField(_("new phone"), max_length=20, blank=True)
    takes_along = models.BooleanField(_("the family too"), default=False)
    how = models.CharField(_("how it was proved"), max_length=4, choices=How)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = by_whom(_("by whom"))
    proved_at = models.DateTimeField(_("proved at"))
    in_force_at = models.DateTimeField(_("in force from"))
    done_at = models.DateTimeField(_("carried out at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)

    OPEN = Q(done_at=None, ended_at=None)

    class Meta:
        verbose_name = _("change of a phone")
        verbose_name_plural = _("changes of phones")
        ordering = ["-proved_at", "-id"]
        indexes = [
            models.Index(
                fields=["in_force_at"],
                condition=Q(done_at=None, ended_at=None),
                name="phone_change_due",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(done_at=None, ended_at=None),
                name="one_open_change_of_a_persons_phone",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(done_at=None, ended_at=None),
                name="one_open_change_of_an_accounts_phone",
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=False) | Q(account__isnull=False),
                name="phone_change_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(old_phone="", new_phone="") | ~Q(old_phone=F("new_phone")),
                name="phone_change_changes_something",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__gte=F("proved_at")), name="proved_before_it_is_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="")
                | Q(
                    ended_at__isnull=False,
                    ending__in=["stopped", "taken_back", "replaced", "taken"],
                ),
                name="phone_change_ends_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(how="code") | Q(how="seen", by__isnull=False) & ~Q(reason=""),
                name="a_phone_seen_has_a_witness",
            ),
        ]
        triggers = [
            Stays(
                name="what_was_proved_of_a_phone_stays",
                condition=pgtrigger.AnyChange("how", "by", "proved_at", "in_force_at"),
                message="How a phone was proved stays as it was written.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.proved_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.ended_at is None
